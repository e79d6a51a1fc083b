package dev.sallyport.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ShellWordTest {

  @Test
  void plainNamesStayAndOthersAreQuoted() {
    assertEquals("/a/b-c.crt", ShellWord.of(Path.of("/a/x/../b-c.crt")));
    assertEquals("'/my files/it'\\''s'", ShellWord.of(Path.of("/my files/it's")));
  }
}
