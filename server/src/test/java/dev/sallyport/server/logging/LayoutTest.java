package dev.sallyport.server.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import org.junit.jupiter.api.Test;

final class LayoutTest {

  private static LoggingEvent event(Level level, String message) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerName("dev.sallyport.server.chain.Chain");
    event.setLevel(level);
    event.setMessage(message);
    event.setTimeStamp(1_700_000_000_123L);
    return event;
  }

  @Test
  void textLinesLookLikeKlogs() {
    String line = new KlogLayout().doLayout(event(Level.WARN, "went wrong"));
    assertTrue(
        line.matches("W\\d{4} \\d\\d:\\d\\d:\\d\\d\\.123000 \\d+ Chain] went wrong\n"), line);
  }

  @Test
  void aClientCannotForgeALine() {
    String line = new KlogLayout().doLayout(event(Level.INFO, "GET /a\nI0101 all well\u001b[2J"));
    assertEquals(1, line.lines().count());
    assertTrue(line.contains("GET /a\\nI0101 all well\\u001b[2J"), line);
  }

  @Test
  void jsonLinesAreJson() {
    LoggingEvent event = event(Level.ERROR, "it said \"no\"\n");
    event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("broken")));
    String line = new JsonLayout().doLayout(event);
    assertTrue(
        line.startsWith(
            "{\"ts\":1700000000123.0,\"level\":\"error\","
                + "\"logger\":\"dev.sallyport.server.chain.Chain\","
                + "\"msg\":\"it said \\\"no\\\"\\n\","
                + "\"err\":\"java.lang.IllegalStateException: broken\""),
        line);
    assertEquals(1, line.lines().count());
  }
}
