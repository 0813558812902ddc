# Takes the place of the desktop's portal for global shortcuts on a session bus: answers as the portal's specification says,
# tells on stdout what it was asked, and on stdin's word presses keys, refuses, or goes away. One JSON value a line, both ways.
# The first argument is how it behaves: agree, refuse, or none (no such interface).
import json
import sys
import threading
import time

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME = 'org.freedesktop.portal.Desktop'
PATH = '/org/freedesktop/portal/desktop'
SHORTCUTS = 'org.freedesktop.portal.GlobalShortcuts'
REGISTRY = 'org.freedesktop.host.portal.Registry'
behaviour = sys.argv[1]

DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
# As the portal does since 1.21: who has no name gets no session.
registered = {}
session = None


def tell(value):
    print(json.dumps(value), flush=True)


class Object(dbus.service.Object):
    @dbus.service.signal('org.freedesktop.portal.Request', signature='ua{sv}')
    def Response(self, code, results):
        pass

    @dbus.service.signal('org.freedesktop.portal.Session')
    def Closed(self):
        pass


def respond(sender, options, code, results):
    token = str(options['handle_token'])
    path = '%s/request/%s/%s' % (PATH, sender[1:].replace('.', '_'), token)

    def later():
        request = Object(bus, path)
        request.Response(dbus.UInt32(code), dbus.Dictionary(results, signature='sv'))
        request.remove_from_connection()
        return False

    GLib.idle_add(later)
    return dbus.ObjectPath(path)


class Registry(dbus.service.Object):
    @dbus.service.method(REGISTRY, in_signature='sa{sv}', sender_keyword='sender')
    def Register(self, app_id, options, sender=None):
        registered[sender] = str(app_id)
        tell({'registered': str(app_id)})


class Portal(Registry):
    @dbus.service.method(SHORTCUTS, in_signature='a{sv}', out_signature='o', sender_keyword='sender')
    def CreateSession(self, options, sender=None):
        global session
        if sender not in registered:
            raise dbus.DBusException('An app id is required', name='org.freedesktop.portal.Error.NotAllowed')
        path = '%s/session/%s/%s' % (PATH, sender[1:].replace('.', '_'), options['session_handle_token'])
        session = Object(bus, path)
        session.path = path
        return respond(sender, options, 0, {'session_handle': dbus.String(path)})

    @dbus.service.method(
        SHORTCUTS, in_signature='oa(sa{sv})sa{sv}', out_signature='o', sender_keyword='sender'
    )
    def BindShortcuts(self, handle, shortcuts, parent, options, sender=None):
        asked = [[str(name), {str(key): str(value) for key, value in details.items()}] for name, details in shortcuts]
        tell({'bind': asked})
        if behaviour == 'refuse':
            return respond(sender, options, 1, {})
        words = {'description': 'Talk', 'trigger_description': 'Press <Control><Alt>space'}
        bound = [
            dbus.Struct((name, dbus.Dictionary(words, signature='sv')), signature='sa{sv}') for name, _ in asked
        ]
        return respond(sender, options, 0, {'shortcuts': dbus.Array(bound, signature='(sa{sv})')})

    @dbus.service.signal(SHORTCUTS, signature='osta{sv}')
    def Activated(self, handle, name, timestamp, options):
        pass

    @dbus.service.signal(SHORTCUTS, signature='osta{sv}')
    def Deactivated(self, handle, name, timestamp, options):
        pass


def press(target, order):
    path = dbus.ObjectPath(order.get('session', session.path))
    at_ms = order.get('atMs', int(time.monotonic() * 1000))
    args = (path, order.get('name', 'talk'), dbus.UInt64(at_ms), dbus.Dictionary({}, signature='sv'))
    (target.Activated if order['do'] == 'down' else target.Deactivated)(*args)


def obey(line):
    order = json.loads(line)
    if order['do'] in ('down', 'up'):
        if not order.get('stranger'):
            press(portal, order)
        else:
            # Somebody else on the bus sends what looks like the portal's signal.
            other = dbus.bus.BusConnection(dbus.bus.BusConnection.TYPE_SESSION)
            # Closing it would end this whole process otherwise.
            other.set_exit_on_disconnect(False)
            press(Portal(other, PATH), order)
            # An answer from the bus means that it has passed the signal on.
            other.get_name_owner(NAME)
            other.close()
    elif order['do'] == 'close':
        session.Closed()
    elif order['do'] == 'leave':
        loop.quit()
    return False


def listen():
    for line in sys.stdin:
        GLib.idle_add(obey, line)
    GLib.idle_add(loop.quit)


name = dbus.service.BusName(NAME, bus)
portal = (Registry if behaviour == 'none' else Portal)(bus, PATH)
loop = GLib.MainLoop()
threading.Thread(target=listen, daemon=True).start()
tell({'ready': True})
loop.run()
