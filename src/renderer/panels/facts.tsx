// Figures with their names, two beside each other.
import type { ComponentChildren } from 'preact'

export function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>
}

export function Fact({
  name,
  isBad = false,
  children,
}: {
  name: string
  isBad?: boolean
  children: ComponentChildren
}) {
  return (
    <div class={isBad ? 'bad' : ''}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
