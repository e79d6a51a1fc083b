package dev.sallyport.config.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesAFileForItsOwnerOnly() throws Exception {
    Path file = folder.resolve("key.pem");
    Files.writeString(file, "old");
    AtomicFile.write(file, new byte[] {1, 2});
    assertArrayEquals(new byte[] {1, 2}, Files.readAllBytes(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void namesTheFileItCannotWrite() {
    Path file = folder.resolve("missing").resolve("key.pem");
    InvalidFileException fault =
        assertThrows(InvalidFileException.class, () -> AtomicFile.write(file, new byte[0]));
    assertEquals(file, fault.file());
  }
}
