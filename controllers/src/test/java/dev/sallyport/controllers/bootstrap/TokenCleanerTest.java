package dev.sallyport.controllers.bootstrap;

import static dev.sallyport.controllers.FakeObjects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenCleanerTest {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final InstantSource time = () -> now;
  private final Clock clock = time.withZone(ZoneOffset.UTC);
  private final FakeObjects objects = new FakeObjects();
  private final List<Duration> delays = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();

  @BeforeEach
  void start() {
    new TokenCleaner(
            objects,
            clock,
            (delay, task) -> {
              delays.add(delay);
              timers.add(task);
            },
            Runnable::run,
            new Later())
        .start();
  }

  @Test
  void deletesExpiredTokensAtOnce() {
    put("bootstrap-token-expird", "2026-03-01T12:00:00Z");
    put("bootstrap-token-badtim", "soon");
    assertEquals(
        List.of("delete secrets bootstrap-token-expird", "delete secrets bootstrap-token-badtim"),
        objects.writes);
  }

  @Test
  void deletesATokenWhenItsTimeIsOver() {
    put("bootstrap-token-abcdef", "2026-03-01T12:30:00Z");
    assertEquals(List.of(Duration.ofMinutes(30).plusMillis(1)), delays);
    assertEquals(List.of(), objects.writes);
    now = now.plus(Duration.ofMinutes(31));
    timers.remove(0).run();
    assertEquals(List.of("delete secrets bootstrap-token-abcdef"), objects.writes);
  }

  @Test
  void looksAgainAtAFarEndAndKeepsOneTimerForIt() {
    put("bootstrap-token-abcdef", "2046-03-01T12:30:00Z");
    put("bootstrap-token-abcdef", "2046-03-01T12:30:00Z");
    assertEquals(List.of(Duration.ofHours(1)), delays);
    timers.remove(0).run();
    assertEquals(2, delays.size());
    assertEquals(List.of(), objects.writes);
  }

  @Test
  void leavesOthersAlone() {
    put("bootstrap-token-foreve", "");
    objects.put(
        BootstrapSecrets.SECRETS,
        "kube-system",
        json(
            "{'metadata':{'name':'other','namespace':'kube-system'},'type':'Opaque',"
                + "'data':{'expiration':'c29vbg=='}}"));
    objects.put(
        BootstrapSecrets.SECRETS,
        "default",
        json(
            "{'metadata':{'name':'x','namespace':'default'},'type':'bootstrap.kubernetes.io/token',"
                + "'data':{'expiration':'c29vbg=='}}"));
    assertEquals(List.of(), objects.writes);
    assertEquals(List.of(), delays);
  }

  private void put(String name, String expiration) {
    String encoded =
        Base64.getEncoder().encodeToString(expiration.getBytes(StandardCharsets.UTF_8));
    objects.put(
        BootstrapSecrets.SECRETS,
        "kube-system",
        json(
            "{'metadata':{'name':'"
                + name
                + "','namespace':'kube-system','uid':'u'},'type':'bootstrap.kubernetes.io/token',"
                + "'data':{'expiration':'"
                + encoded
                + "'}}"));
  }
}
