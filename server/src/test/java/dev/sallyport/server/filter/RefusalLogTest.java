package dev.sallyport.server.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sallyport.authn.AuthenticationResult.Refusal;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class RefusalLogTest {

  private static final Rejected EXPIRED = new Rejected("expired").by("x509");

  private final Logger logger = (Logger) LoggerFactory.getLogger(RefusalLog.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private long now;
  private final RefusalLog log = new RefusalLog(() -> now);

  @BeforeEach
  void listen() {
    lines.start();
    logger.setAdditive(false);
    logger.setLevel(Level.WARN); // a command that ran in this process may have silenced all
    logger.addAppender(lines);
  }

  @AfterEach
  void end() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void tellsRequestAuthenticatorAndReasonOnOneLine() {
    refuse(
        FakeRequest.get("/api/v1/pods").header("Authorization", "Bearer s3cr3t"),
        new Rejected(
            List.of(
                new Refusal("x509", "client certificate: expired", true),
                new Refusal("bearer", "two\nlines", false))));

    assertEquals(
        List.of(
            "Refused the credential of request audit-1 from 127.0.0.1, GET /api/v1/pods:"
                + " x509: client certificate: expired; bearer: two?lines"),
        messages());
    assertEquals(Level.WARN, lines.list.get(0).getLevel());
  }

  @Test // a query token never reaches logs
  void case75LeavesTheQueryOut() {
    refuse(FakeRequest.get("/api?access_token=s3cr3t"), EXPIRED);

    assertEquals(
        List.of(
            "Refused the credential of request audit-1 from 127.0.0.1, GET /api: x509: expired"),
        messages());
  }

  @Test
  void afterABurstThereIsOneLineASecondThatCountsTheRest() {
    for (int i = 0; i < RefusalLog.BURST + 7; i++) {
      refuse(FakeRequest.get("/api"), EXPIRED);
    }
    assertEquals(RefusalLog.BURST, lines.list.size());
    now += TimeUnit.MILLISECONDS.toNanos(1500);
    refuse(FakeRequest.get("/api"), EXPIRED);
    refuse(FakeRequest.get("/api"), EXPIRED);
    now += TimeUnit.MILLISECONDS.toNanos(500);
    refuse(FakeRequest.get("/api"), EXPIRED);

    List<String> messages = messages();
    assertEquals(RefusalLog.BURST + 2, messages.size());
    assertEquals(7, left(messages.get(RefusalLog.BURST)));
    assertEquals(1, left(messages.get(RefusalLog.BURST + 1)));
  }

  private static int left(String line) {
    int open = line.indexOf('(');
    return Integer.parseInt(line.substring(open + 1, line.indexOf(' ', open)));
  }

  private void refuse(FakeRequest request, Rejected rejected) {
    log.log(Contexts.unknown(request), rejected);
  }

  private List<String> messages() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
