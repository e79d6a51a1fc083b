package dev.sallyport.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerAccessTest {
  @TempDir Path folder;

  private static Path file(String environment, String... args) {
    ServerAccess access = new ServerAccess("Test", environment);
    var unused =
        access.read(
            "",
            List.of(args),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    return access.file();
  }

  @Test
  void asksTheServerOfTheFirstStartHere() {
    assertEquals(Path.of("sallyport-data/admin.kubeconfig"), file("").normalize());
  }

  @Test
  void takesWhatTheEnvironmentNamesAsKubectlDoes() throws IOException {
    Path there = Files.createFile(folder.resolve("there"));
    assertEquals(there, file(folder.resolve("none") + File.pathSeparator + there));
    assertEquals(folder.resolve("none"), file(folder.resolve("none").toString()));
  }

  @Test
  void flagsComeBeforeTheEnvironment() {
    assertEquals(Path.of("one"), file("two", "--kubeconfig=one", "--data-dir=three"));
    assertEquals(Path.of("three/admin.kubeconfig"), file("two", "--data-dir=three"));
  }
}
