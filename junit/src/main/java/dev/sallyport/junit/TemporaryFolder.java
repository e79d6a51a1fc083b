package dev.sallyport.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for its owner only, with everything in it, until it is deleted. */
record TemporaryFolder(Path path) {

  static TemporaryFolder make() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("sallyport-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return; // somebody was tidier
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
