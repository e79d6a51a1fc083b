package dev.sallyport.proxy.streams.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

/**
 * Where recordings go: a file for each session, readable by nobody but the server's user. Thread
 * safe.
 */
class RecordingFolder {

  private final Path directory;
  private final Set<Path> inProgress;
  private final Runnable whenEnded;

  /**
   * @param inProgress gets the files that are written to, as long as they are; thread safe
   * @param whenEnded told of each one that is not any more
   */
  RecordingFolder(Path directory, Set<Path> inProgress, Runnable whenEnded) {
    this.directory = directory;
    this.inProgress = inProgress;
    this.whenEnded = whenEnded;
  }

  /** Makes a new file, never over another one or through a link. Blocks. */
  Path create(Instant time, String auditId, String suffix) throws IOException {
    Path file = directory.resolve(RecordingName.of(time, auditId, suffix));
    inProgress.add(file); // before anybody can see it
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return file;
    } catch (IOException e) {
      ended(file);
      throw e;
    }
  }

  /** Opens a file that was just made. Blocks. */
  SeekableByteChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE);
  }

  /** Nothing more will be written to it. */
  void ended(Path file) {
    inProgress.remove(file);
    whenEnded.run();
  }

  /** There was nothing to record after all. Blocks. */
  void discard(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
