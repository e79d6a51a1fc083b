package dev.sallyport.controllers.serviceaccount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import dev.sallyport.controllers.configmap.PublishedConfigMap;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class LegacyTokenTrackingTest {
  private static final String NAME = "kube-apiserver-legacy-service-account-token-tracking";

  private final FakeObjects objects = new FakeObjects();

  private String since(String now) {
    Later workers = new Later();
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    new LegacyTokenTracking(objects, clock, workers, workers).start();
    workers.runOnce();
    return objects
        .read(PublishedConfigMap.CONFIG_MAPS, "kube-system", NAME)
        .at("/data/since")
        .asText();
  }

  @Test
  void theFirstDayIsNotedAndStays() {
    assertEquals("2026-11-22", since("2026-11-22T23:59:59Z"));
    assertEquals("2026-11-22", since("2026-12-01T00:00:00Z"));
  }
}
