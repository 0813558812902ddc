// Lets what is on its way between sockets of this process arrive. On loopback bytes are at the other end as soon as they were
// written; each socket on the way needs a turn of the loop to be read and one to be written.

/** @param turns of the event loop; eight carry bytes through a proxy to a server and its answer back */
export async function turnsOfTheLoop(turns = 8): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
}
