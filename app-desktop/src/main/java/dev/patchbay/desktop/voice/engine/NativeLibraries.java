package dev.patchbay.desktop.voice.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The system libraries that webrtc-java's Linux library is linked against, with the functions it takes from each.
///
/// Where one is absent a [StandInLibrary] takes its place, so that the media engine runs without sound, screen capture
/// or device hot-plug instead of not at all.
final class NativeLibraries {
    private static final Map<String, String> WANTED = new TreeMap<>();

    static {
        WANTED.put("libudev.so.1", """
                udev_device_get_action udev_device_get_devnode udev_device_get_property_value udev_device_get_subsystem
                udev_device_new_from_syspath udev_device_unref udev_enumerate_add_match_subsystem
                udev_enumerate_get_list_entry udev_enumerate_new udev_enumerate_scan_devices udev_enumerate_unref
                udev_list_entry_get_name udev_list_entry_get_next udev_monitor_enable_receiving
                udev_monitor_filter_add_match_subsystem_devtype udev_monitor_get_fd udev_monitor_new_from_netlink
                udev_monitor_receive_device udev_monitor_unref udev_new udev_unref
                """);
        WANTED.put("libX11.so.6", """
                XCloseDisplay XCopyArea XCreateGC XFlush XFree XFreeGC XFreePixmap XFreeStringList XGetAtomName XGetClassHint
                XGetImage XGetWMName XGetWindowAttributes XGetWindowProperty XInternAtom XNextEvent XOpenDisplay XPending
                XQueryKeymap XQueryPointer XQueryTree XRaiseWindow XRootWindow XScreenCount XSelectInput XSendEvent
                XSetErrorHandler XSync XTranslateCoordinates Xutf8TextPropertyToTextList
                """);
        WANTED.put("libXfixes.so.3", """
                XFixesCreateRegion XFixesDestroyRegion XFixesFetchRegionAndBounds XFixesGetCursorImage XFixesQueryExtension
                XFixesSelectCursorInput
                """);
        WANTED.put("libXrandr.so.2", """
                XRRQueryExtension XRRQueryVersion XRRSelectInput XRRUpdateConfiguration
                """);
        WANTED.put("libXcomposite.so.1", """
                XCompositeQueryExtension XCompositeQueryVersion XCompositeRedirectWindow
                """);
        WANTED.put("libdbus-1.so.3", """
                dbus_bus_get dbus_bus_name_has_owner dbus_connection_send_with_reply_and_block dbus_connection_unref
                dbus_error_free dbus_error_init dbus_error_is_set dbus_message_append_args dbus_message_iter_get_basic
                dbus_message_iter_init dbus_message_new_method_call dbus_message_unref
                """);
        WANTED.put("libpulse.so.0", """
                pa_context_connect pa_context_disconnect pa_context_get_server_info pa_context_get_sink_info_by_index
                pa_context_get_sink_info_by_name pa_context_get_sink_info_list pa_context_get_source_info_by_index
                pa_context_get_source_info_by_name pa_context_get_source_info_list pa_context_get_state pa_context_new
                pa_context_set_state_callback pa_context_set_subscribe_callback pa_context_subscribe pa_context_unref
                pa_operation_get_state pa_operation_unref pa_threaded_mainloop_free pa_threaded_mainloop_get_api
                pa_threaded_mainloop_in_thread pa_threaded_mainloop_lock pa_threaded_mainloop_new pa_threaded_mainloop_signal
                pa_threaded_mainloop_start pa_threaded_mainloop_stop pa_threaded_mainloop_unlock pa_threaded_mainloop_wait
                """);
    }

    private static final List<String> MISSING = new CopyOnWriteArrayList<>();

    private NativeLibraries() {}

    /// What [#standInForMissing] found missing.
    static List<String> missing() {
        return List.copyOf(MISSING);
    }

    /// Loads a stand-in for each library that this machine lacks; call before the first use of webrtc-java.
    ///
    /// @return the names of what is missing; empty on other systems than Linux
    /// @throws IOException when a stand-in cannot be written to the temporary folder
    static List<String> standInForMissing() throws IOException {
        List<String> missing = new ArrayList<>();
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            return missing;
        }
        for (Map.Entry<String, String> library : WANTED.entrySet()) {
            if (!isPresent(library.getKey())) {
                new StandInLibrary(
                                library.getKey(),
                                List.of(library.getValue().strip().split("\\s+")))
                        .load();
                missing.add(library.getKey());
            }
        }
        MISSING.addAll(missing);
        return missing;
    }

    private static boolean isPresent(String library) {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(library, arena);
            return true;
        } catch (IllegalArgumentException absent) {
            return false;
        }
    }
}
