package dev.sallyport.config.reload;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One set of files that make one value. Used by one thread at a time. */
final class Watch<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /** Younger than this, a file may change again without a trace in its time stamp. */
  private static final long SETTLED_MILLIS = 2_000;

  private record Stamp(Path file, long modified, long size, String identity) {}

  private final FileList list;
  private final FileParser<T> parser;
  private final Watched<T> value;
  private List<Stamp> stamps;
  private byte[] digest;
  private String fault = "";

  Watch(FileList list, FileParser<T> parser) throws InvalidFileException {
    this.list = list;
    this.parser = parser;
    List<Path> files = list.files();
    this.stamps = stamp(files); // before reading: a write in between shows at the next poll
    List<FileContent> contents = read(files);
    this.digest = digest(contents);
    this.value = new Watched<>(parser.parse(contents));
  }

  Watched<T> value() {
    return value;
  }

  void poll() {
    try {
      List<Path> files = list.files();
      List<Stamp> now = stamp(files);
      if (now.equals(stamps) && settled(now)) {
        return;
      }
      stamps = now;
      List<FileContent> contents = read(files);
      byte[] fresh = digest(contents);
      if (!Arrays.equals(fresh, digest)) {
        digest = fresh;
        value.replace(parser.parse(contents));
        LOG.info("Reloaded {}", files);
      }
      fault = "";
    } catch (InvalidFileException e) {
      report(Objects.requireNonNullElse(e.getMessage(), "unreadable"));
    } catch (RuntimeException e) {
      report(e.toString());
    }
  }

  private void report(String message) {
    if (!message.equals(fault)) {
      fault = message;
      LOG.error("Not reloaded, the last good content stays in force: {}", message);
    }
  }

  private static List<FileContent> read(List<Path> files) throws InvalidFileException {
    List<FileContent> contents = new ArrayList<>(files.size());
    for (Path file : files) {
      contents.add(FileContent.read(file));
    }
    return contents;
  }

  private static List<Stamp> stamp(List<Path> files) {
    List<Stamp> result = new ArrayList<>(files.size());
    for (Path file : files) {
      try {
        BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
        result.add(
            new Stamp(
                file, of.lastModifiedTime().toMillis(), of.size(), String.valueOf(of.fileKey())));
      } catch (IOException e) {
        result.add(new Stamp(file, 0, -1, "")); // reading will say why
      }
    }
    return result;
  }

  private static boolean settled(List<Stamp> stamps) {
    long limit = System.currentTimeMillis() - SETTLED_MILLIS;
    for (Stamp stamp : stamps) {
      if (stamp.modified() > limit) {
        return false;
      }
    }
    return true;
  }

  private static byte[] digest(List<FileContent> contents) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (FileContent content : contents) {
        sha256.update((content.bytes().length + ":").getBytes(StandardCharsets.US_ASCII));
        sha256.update(content.bytes());
      }
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
