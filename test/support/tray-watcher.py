# A desktop's tray without a panel: takes the place of org.kde.StatusNotifierWatcher on the session bus, tells on stdout what
# an application's icon shows, and does on stdin's word what a hand would do. One JSON value a line, both ways.
import json
import sys
import threading

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

ITEM = 'org.kde.StatusNotifierItem'
WATCHER = 'org.kde.StatusNotifierWatcher'
MENU = 'com.canonical.dbusmenu'
PROPERTIES = 'org.freedesktop.DBus.Properties'

DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName(WATCHER, bus)
items = []


def tell(value):
    print(json.dumps(value), flush=True)


def item_object():
    sender, path = items[-1]
    return bus.get_object(sender, path)


def read(prop):
    return dbus.Interface(item_object(), PROPERTIES).Get(ITEM, prop)


def tip():
    return str(read('ToolTip')[2])


def show(*_):
    try:
        tell({'tip': tip()})
    except dbus.DBusException as error:
        tell({'error': str(error)})


def menu():
    return dbus.Interface(bus.get_object(items[-1][0], str(read('Menu'))), MENU)


def entries(node):
    number, properties, children = node
    entry = {
        'id': int(number),
        'label': str(properties.get('label', '')),
        'enabled': bool(properties.get('enabled', True)),
        'checked': int(properties.get('toggle-state', -1)) == 1,
        'children': [entries(child) for child in children],
    }
    return entry


def layout():
    return entries(menu().GetLayout(dbus.Int32(0), dbus.Int32(-1), dbus.Array([], signature='s'))[1])


class Watcher(dbus.service.Object):
    @dbus.service.method(WATCHER, in_signature='s', sender_keyword='sender')
    def RegisterStatusNotifierItem(self, service, sender=None):
        path = service if service.startswith('/') else '/StatusNotifierItem'
        items.append((sender, path))
        bus.add_signal_receiver(show, 'NewToolTip', ITEM, bus_name=sender)
        tell({'registered': sender})
        GLib.idle_add(lambda: show() and False)

    @dbus.service.method(WATCHER, in_signature='s')
    def RegisterStatusNotifierHost(self, service):
        pass

    @dbus.service.method(PROPERTIES, in_signature='ss', out_signature='v')
    def Get(self, interface, prop):
        known = {'IsStatusNotifierHostRegistered': True, 'ProtocolVersion': dbus.Int32(0)}
        return known.get(prop, dbus.Array([sender + path for sender, path in items], signature='s'))

    @dbus.service.method(PROPERTIES, in_signature='s', out_signature='a{sv}')
    def GetAll(self, interface):
        return {'IsStatusNotifierHostRegistered': True}


def find(node, label):
    if node['label'].replace('_', '') == label:
        return node
    return next((found for found in (find(child, label) for child in node['children']) if found), None)


def obey(line):
    order = json.loads(line)
    try:
        if order['do'] == 'menu':
            tell({'menu': layout()})
        elif order['do'] == 'activate':
            dbus.Interface(item_object(), ITEM).Activate(0, 0)
            tell({'done': True})
        elif order['do'] == 'choose':
            entry = find(layout(), order['label'])
            menu().Event(entry['id'], 'clicked', dbus.Int32(0, variant_level=1), dbus.UInt32(0))
            tell({'done': True})
    except Exception as error:
        tell({'error': str(error)})
    return False


def listen():
    for line in sys.stdin:
        GLib.idle_add(obey, line)
    GLib.idle_add(loop.quit)


Watcher(bus, '/StatusNotifierWatcher')
loop = GLib.MainLoop()
threading.Thread(target=listen, daemon=True).start()
tell({'ready': True})
loop.run()
