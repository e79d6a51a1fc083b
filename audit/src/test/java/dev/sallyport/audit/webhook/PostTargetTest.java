package dev.sallyport.audit.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.api.Answer;
import dev.sallyport.audit.AuditSink.Receipt;
import dev.sallyport.audit.Events;
import dev.sallyport.audit.LossCounter;
import dev.sallyport.audit.buffer.Losses;
import dev.sallyport.audit.buffer.Queued;
import dev.sallyport.config.AuditTruncationConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PostTargetTest {

  private static final AuditTruncationConfig WHOLE = new AuditTruncationConfig(false, 0, 0);

  private final LossCounter lost = new LossCounter();
  private final List<JsonNode> posted = new ArrayList<>();
  private final Losses losses = new Losses("webhook", lost);

  private Answer<?> keep(byte[] document) {
    try {
      posted.add(new ObjectMapper().readTree(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Answer.now("taken");
  }

  private static Queued queued(String id, int size) {
    return new Queued(
        Events.created(id, "{\"x\":\"" + "y".repeat(size) + "\"}"), new CompletableFuture<>());
  }

  private static Receipt receipt(Queued queued) {
    CompletableFuture<Receipt> receipt = queued.receipt();
    return receipt == null ? Receipt.TAKEN : receipt.getNow(Receipt.TAKEN);
  }

  @Test
  void postsAnEventList() throws InterruptedException {
    PostTarget target = new PostTarget(this::keep, WHOLE, losses);
    target.keep(List.of(queued("a", 1), queued("b", 1)));
    JsonNode list = posted.get(0);
    assertEquals("EventList", list.get("kind").asText());
    assertEquals("audit.k8s.io/v1", list.get("apiVersion").asText());
    assertEquals(2, list.get("items").size());
    assertEquals("b", list.at("/items/1/auditID").asText());
  }

  @Test
  void splitsBatchesThatAreTooLargeAndCutsEvents() throws InterruptedException {
    PostTarget target =
        new PostTarget(this::keep, new AuditTruncationConfig(true, 4000, 2000), losses);
    target.keep(
        List.of(
            queued("a", 900),
            queued("b", 900),
            queued("c", 900),
            queued("d", 9000),
            queued("e", 10)));
    assertEquals(2, posted.size());
    List<String> ids = new ArrayList<>();
    posted.forEach(
        list -> list.get("items").forEach(item -> ids.add(item.get("auditID").asText())));
    assertEquals(List.of("a", "b", "c", "d", "e"), ids);
    for (JsonNode list : posted) {
      assertTrue(list.toString().length() <= 4000);
      for (JsonNode item : list.get("items")) {
        assertEquals(!item.get("auditID").asText().equals("d"), item.has("requestObject"));
      }
    }
    assertEquals(0, lost.get());
  }

  @Test
  void countsWhatTheOtherSideDoesNotTake() throws InterruptedException {
    PostTarget target =
        new PostTarget(
            document -> Answer.failed(new IOException("connection refused")), WHOLE, losses);
    Queued one = queued("a", 1);
    Queued two = queued("b", 1);
    target.keep(List.of(one, two));
    assertEquals(2, lost.get());
    assertEquals(Receipt.LOST, receipt(one));
    assertEquals(Receipt.LOST, receipt(two));
  }

  @Test
  void settlesEachEventWhenItsCallEnds() throws InterruptedException {
    CompletableFuture<String> call = new CompletableFuture<>();
    PostTarget target = new PostTarget(document -> Answer.later(call), WHOLE, losses);
    Queued one = queued("a", 1);
    target.keep(List.of(one));
    CompletableFuture<Receipt> receipt = one.receipt();
    assertFalse(receipt == null || receipt.isDone());
    call.complete("taken");
    assertEquals(Receipt.TAKEN, receipt(one));
  }
}
