package dev.sallyport.proxy.streams.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** Where recordings go: a file for each session, readable by nobody but the server's user. */
class RecordingFolder {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final int LONGEST_ID = 64;

  private final Path directory;

  RecordingFolder(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes a new file. Blocks.
   *
   * @param auditId may be a client's own choice: what is no letter, digit or hyphen is left out
   */
  SeekableByteChannel create(Instant time, String auditId, String suffix) throws IOException {
    Path file = directory.resolve(TIME.format(time) + "-" + plain(auditId) + suffix);
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static String plain(String auditId) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < auditId.length() && plain.length() < LONGEST_ID; i++) {
      char c = auditId.charAt(i);
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-') {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
