package dev.sallyport.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SocketUrlTest {

  @ParameterizedTest
  @CsvSource({
    "unix:///run/app.sock, /run/app.sock, ''",
    "unix:///run/app.sock:/metrics, /run/app.sock, /metrics",
    "unix:///run/app.sock:/a:/b%20c, /run/app.sock, /a:/b%20c",
    "unix:///run/a:b.sock, /run/a:b.sock, ''"
  })
  void namesASocketAndWhatComesBeforeEveryPath(URI url, String file, String prefix) {
    assertTrue(SocketUrl.is(url) && SocketUrl.usable(url), url.toString());
    assertEquals(file, SocketUrl.file(url));
    assertEquals(prefix, SocketUrl.prefix(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix://host/run/app.sock", "unix:///", "unix:///:/metrics", "unix:a"})
  void refusesWhatIsNoSocket(URI url) {
    assertFalse(SocketUrl.usable(url), url.toString());
  }

  @Test
  void refusesANameThatNoKernelTakes() {
    assertFalse(SocketUrl.usable(URI.create("unix:///" + "a".repeat(107))));
  }
}
