package dev.sallyport.server.bootstrap;

import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Folders that hold secrets: made for their owner only (0700). */
final class DataFolder {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private DataFolder() {}

  /**
   * Makes the folder if it is missing; one that is there keeps its mode.
   *
   * @param flag the flag that names it, for the fault
   * @throws ConfigException if there is none afterwards that can be written to
   */
  static void make(String flag, Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, OWNER_ONLY);
      }
    } catch (IOException e) {
      throw fault(flag, folder, reason(e));
    }
    if (!Files.isWritable(folder)) {
      throw fault(flag, folder, "it may not be written to");
    }
  }

  private static ConfigException fault(String flag, Path folder, String reason) {
    return new ConfigException(
        new Fault(flag, folder.toString(), "a folder that can be written to; " + reason));
  }

  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException || isBelowAFile(e)) {
      return "a file is in its place";
    }
    if (e instanceof AccessDeniedException) {
      return "it may not be made";
    }
    return Objects.requireNonNullElse(e.getMessage(), "it cannot be made");
  }

  private static boolean isBelowAFile(IOException e) {
    return e instanceof FileSystemException f && "Not a directory".equals(f.getReason());
  }
}
