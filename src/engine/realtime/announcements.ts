// Where the mind's own words go: to the session they were asked on, else to the newest one. With no session at all the
// mind keeps them and offers them again; what a session took and could not say any more waits here for the next.
import type { Announcement, Mind, Undo } from '../ports.ts'

/** A session that can say something by itself. */
export interface Announcer {
  session: string
  announce(announcement: Announcement): void
}

export interface Announcements {
  /** From now on this session may be asked to announce. */
  join(announcer: Announcer): Undo
  /** A session went before it could say it. */
  keep(announcement: Announcement): void
  close(): void
}

export function createAnnouncements(mind: Mind): Announcements {
  const announcers: Announcer[] = []
  const waiting: Announcement[] = []

  function route(announcement: Announcement): boolean {
    const to = announcers.find(({ session }) => session === announcement.session) ?? announcers.at(-1)
    to?.announce(announcement)
    return to !== undefined
  }

  const undo = mind.onAnnouncement(route)
  return {
    join(announcer) {
      announcers.push(announcer)
      for (const announcement of waiting.splice(0)) announcer.announce(announcement)
      return () => {
        const at = announcers.indexOf(announcer)
        if (at >= 0) announcers.splice(at, 1)
      }
    },
    keep(announcement) {
      if (!route(announcement)) waiting.push(announcement)
    },
    close: undo,
  }
}
