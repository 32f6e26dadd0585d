package dev.patchbay.desktop.admin;

import java.nio.file.Path;
import java.util.Optional;

/// Where the user says which file. On the JavaFX thread.
public interface Files {
    /// A file to read, such as a table of users.
    ///
    /// @param kind what such files are called
    /// @param pattern such as `*.csv`
    Optional<Path> open(String kind, String pattern);

    /// A file to write.
    ///
    /// @param name what is proposed
    Optional<Path> save(String kind, String pattern, String name);
}
