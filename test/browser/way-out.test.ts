import { expect, it } from 'vitest'
import { axeFindings } from '../support/axe.ts'
import { useBrowser } from '../support/browser.ts'
import { companyApp } from '../support/company-app.ts'
import { startWindow } from '../support/window-start.ts'

const open = useBrowser()

it('[W232] a proxy is set in the window, its password kept apart, and shown by its name alone once the line goes through it', async () => {
  const user = { name: 'me', password: 'geheim' }
  const company = companyApp({ key: 'test', user, isInEnvironment: false })
  const { address, server, state, told } = await startWindow(company.start)
  const { page, complaints } = await open(address)
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByLabel('Proxy', { exact: true }).selectOption('address')
  await settings.getByLabel('Address of the proxy').fill(`http://me:geheim@${company.proxy().host}`)
  await page.keyboard.press('Enter')
  await page.getByText('Leave name and password out of the proxy’s address').waitFor()
  await settings.getByLabel('Address of the proxy').fill(`http://${company.proxy().host}`)
  await page.keyboard.press('Enter')
  await page.getByText('wants a name and a password').waitFor()
  const password = settings.getByLabel('Its name and password')
  await password.fill('me:geheim')
  await page.keyboard.press('Enter')
  await settings.getByText('There is a password.').waitFor()
  const { request } = await server.connection()
  await state(({ line }) => line.type === 'live')
  expect(request.headers.authorization).toBe('Bearer test')
  await settings.getByLabel('How the key is sent').selectOption('api-key')
  expect((await server.connection()).request.headers).toMatchObject({ 'api-key': 'test' })
  await state(({ line }) => line.type === 'live')
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.locator('.health-line').click()
  await page.getByRole('dialog', { name: 'Connection' }).getByText(company.proxy().host).waitFor()
  expect(await page.content()).not.toContain('geheim')
  expect(JSON.stringify(told)).not.toContain('geheim')
  expect(complaints).toEqual([])
})
