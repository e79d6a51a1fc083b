package dev.sallyport.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is put aside when it has reached its size, under a name with the time in it, and
 * begun anew. It is opened again when somebody else has moved it away. A write that fails in the
 * middle is taken back, so that every line stays whole.
 *
 * <p>New files are readable by their owner only; a rotated file's successor has its permissions.
 */
final class RotatingFile implements LineOutput {

  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private final long maxBytes;
  private final Backups backups;
  private final Clock clock;
  private @Nullable FileChannel channel;
  private @Nullable Object key;
  private long size;
  private long lookedAt;

  /**
   * @param maxBytes the size that a write may not pass, unless it is larger by itself
   */
  RotatingFile(Path file, long maxBytes, Backups backups, Clock clock) {
    this.file = file.toAbsolutePath();
    this.maxBytes = maxBytes;
    this.backups = backups;
    this.clock = clock;
  }

  /** Makes the file, so that one that cannot be is told at the start. */
  void open() throws IOException {
    current();
  }

  @Override
  public void write(byte[] lines, int length) throws IOException {
    FileChannel open = current();
    if (size > 0 && size + length > maxBytes) {
      open = rotate(open);
    }
    ByteBuffer bytes = ByteBuffer.wrap(lines, 0, length);
    try {
      while (bytes.hasRemaining()) {
        open.write(bytes);
      }
      size += length;
    } catch (IOException e) {
      takeBack(open, e);
      throw e;
    }
  }

  private void takeBack(FileChannel open, IOException failure) {
    try {
      open.truncate(size);
    } catch (IOException also) {
      failure.addSuppressed(also); // no regular file, such as a pipe
    }
  }

  private FileChannel current() throws IOException {
    FileChannel open = channel;
    if (open != null && !movedAway()) {
      return open;
    }
    close();
    return open(OWNER_ONLY);
  }

  /** Looked at once a second at most: others may rotate the file too. */
  private boolean movedAway() {
    long now = System.nanoTime();
    if (now - lookedAt < LOOK_NANOS) {
      return false;
    }
    lookedAt = now;
    return replaced();
  }

  /** Whether the name leads to nothing or to another file than the one that is open. */
  private boolean replaced() {
    try {
      return !Objects.equals(key, attributes().fileKey());
    } catch (IOException e) {
      return true;
    }
  }

  private BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class);
  }

  private FileChannel open(Set<PosixFilePermission> permissions) throws IOException {
    Path folder = Objects.requireNonNull(file.getParent());
    Files.createDirectories(folder);
    FileAttribute<?> attribute = PosixFilePermissions.asFileAttribute(permissions);
    FileChannel opened =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
            attribute);
    channel = opened;
    BasicFileAttributes of = attributes();
    key = of.fileKey();
    size = of.isRegularFile() ? of.size() : 0;
    lookedAt = System.nanoTime();
    return opened;
  }

  private FileChannel rotate(FileChannel open) throws IOException {
    if (replaced()) {
      close();
      return open(OWNER_ONLY); // somebody else was quicker
    }
    if (!attributes().isRegularFile()) {
      size = 0;
      return open;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    close();
    backups.putAside(file, clock.instant());
    FileChannel fresh = open(permissions);
    Files.setPosixFilePermissions(file, permissions); // the process' mask may have taken some
    backups.tidy();
    return fresh;
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
