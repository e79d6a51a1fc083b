package dev.sallyport.controllers.election;

import static dev.sallyport.controllers.FakeObjects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.config.ControllersConfig;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.queue.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LeaderElectionTest {
  private static final ResourceId LEASES = new ResourceId("coordination.k8s.io", "leases");
  private static final ResourceId EVENTS = new ResourceId("", "events");

  private static final ControllersConfig CONFIG =
      new ControllersConfig(
          Set.of(), true, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

  private final FakeObjects objects = new FakeObjects();
  private final Time time = new Time();
  private boolean broken;

  /** A clock, and tasks that run when it is set forward. */
  private static final class Time extends Clock implements Timer {
    private record Task(Instant due, long number, Runnable work) {}

    private final PriorityQueue<Task> tasks =
        new PriorityQueue<>(java.util.Comparator.comparing(Task::due).thenComparing(Task::number));
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private long count;

    @Override
    public void after(Duration pause, Runnable task) {
      tasks.add(new Task(now.plus(pause), count++, task));
    }

    void pass(Duration duration) {
      Instant end = now.plus(duration);
      for (Task next = tasks.peek(); next != null && !next.due().isAfter(end); ) {
        tasks.remove(next);
        now = next.due();
        next.work().run();
        next = tasks.peek();
      }
      now = end;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final class Replica {
    private final List<String> heard = new ArrayList<>();
    private final LeaderElection election;

    Replica(String identity, boolean alone) {
      this.election =
          new LeaderElection(
              new Breakable(), CONFIG, identity, alone, time, time, new Listener(heard));
    }
  }

  private record Listener(List<String> heard) implements LeaderElection.Leading {
    @Override
    public void begins() {
      heard.add("begins");
    }

    @Override
    public void ends() {
      heard.add("ends");
    }
  }

  private Replica replica(String identity, boolean alone) {
    Replica replica = new Replica(identity, alone);
    replica.election.start();
    return replica;
  }

  /** The objects, but for times when no write works. */
  private final class Breakable implements dev.sallyport.controllers.ObjectClient {
    @Override
    public Answer<Optional<ObjectNode>> get(ResourceId resource, String namespace, String name) {
      return broken
          ? Answer.failed(new IllegalStateException("no store"))
          : objects.get(resource, namespace, name);
    }

    @Override
    public Answer<List<ObjectNode>> list(ResourceId resource, String namespace) {
      return objects.list(resource, namespace);
    }

    @Override
    public Answer<ObjectNode> create(ResourceId resource, String namespace, ObjectNode object) {
      return objects.create(resource, namespace, object);
    }

    @Override
    public Answer<ObjectNode> update(
        ResourceId resource,
        String namespace,
        String name,
        String subresource,
        java.util.function.UnaryOperator<ObjectNode> change) {
      return objects.update(resource, namespace, name, subresource, change);
    }

    @Override
    public Answer<Boolean> delete(ResourceId resource, String namespace, String name, String uid) {
      return objects.delete(resource, namespace, name, uid);
    }

    @Override
    public void observe(ResourceId resource, Observer observer) {
      objects.observe(resource, observer);
    }
  }

  private JsonNode lease() {
    return objects.read(LEASES, "kube-system", "sallyport-controllers").path("spec");
  }

  private void heldByAnother(String renewed) {
    objects.put(
        LEASES,
        "kube-system",
        json(
            "{'metadata':{'name':'sallyport-controllers','namespace':'kube-system'},'spec':{"
                + "'holderIdentity':'other','leaseDurationSeconds':15,'leaseTransitions':3,"
                + "'acquireTime':'2026-11-22T09:00:00.000000Z','renewTime':'"
                + renewed
                + "'}}"));
  }

  @Test
  void theFirstReplicaLeadsAtOnceAndTellsIt() {
    Replica one = replica("one", false);
    assertEquals(List.of("begins"), one.heard);
    assertEquals("one", lease().path("holderIdentity").asText());
    assertEquals(15, lease().path("leaseDurationSeconds").asInt());
    assertEquals("2026-11-22T10:00:00.000000Z", lease().path("renewTime").asText());
    JsonNode event = ((Answer.Now<List<ObjectNode>>) objects.list(EVENTS, "")).value().get(0);
    assertEquals("LeaderElection", event.path("reason").asText());
    assertEquals("one became leader", event.path("message").asText());
    assertEquals("Lease", event.path("involvedObject").path("kind").asText());
  }

  @Test
  void aSecondReplicaWaitsWhileTheLeaseIsRenewed() {
    Replica one = replica("one", false);
    Replica two = replica("two", false);
    time.pass(Duration.ofMinutes(10));
    assertEquals(List.of("begins"), one.heard);
    assertEquals(List.of(), two.heard);
    assertEquals("2026-11-22T10:10:00.000000Z", lease().path("renewTime").asText());
    assertEquals("2026-11-22T10:00:00.000000Z", lease().path("acquireTime").asText());
  }

  @Test
  void aSilentLeaderIsReplacedAfterTheLeaseHasLapsedByOurOwnClock() {
    heldByAnother("2026-11-22T09:59:00.000000Z"); // older than the lease, by a clock not ours
    Replica one = replica("one", false);
    time.pass(Duration.ofSeconds(15));
    assertEquals(List.of(), one.heard);
    time.pass(Duration.ofSeconds(2));
    assertEquals(List.of("begins"), one.heard);
    assertEquals(4, lease().path("leaseTransitions").asInt());
  }

  @Test
  void aLeaderThatCannotRenewEndsBeforeAnotherBegins() {
    Replica one = replica("one", false);
    broken = true;
    time.pass(Duration.ofSeconds(9));
    assertEquals(List.of("begins"), one.heard);
    time.pass(Duration.ofSeconds(1));
    assertEquals(List.of("begins", "ends"), one.heard);
    broken = false;
    time.pass(Duration.ofSeconds(2));
    assertEquals(List.of("begins", "ends", "begins"), one.heard);
  }

  @Test
  void aLeaderThatSeesAnotherOneEnds() {
    Replica one = replica("one", false);
    heldByAnother("2026-11-22T10:00:01.000000Z");
    time.pass(Duration.ofSeconds(5));
    assertEquals(List.of("begins", "ends"), one.heard);
  }

  @Test
  void whoStopsGivesTheLeaseUpAndTheNextLeadsAtItsNextTry() {
    Replica one = replica("one", false);
    Replica two = replica("two", false);
    time.pass(Duration.ofSeconds(3));
    assertEquals(Answer.now(true), one.election.stop());
    assertEquals(List.of("begins", "ends"), one.heard);
    assertEquals("", lease().path("holderIdentity").asText());
    assertEquals(1, lease().path("leaseDurationSeconds").asInt());
    time.pass(Duration.ofSeconds(2));
    assertEquals(List.of("begins"), two.heard);
    time.pass(Duration.ofMinutes(1));
    assertEquals(List.of("begins", "ends"), one.heard, "who has stopped does not come back");
  }

  @Test
  void whoHasTheStoreAloneWaitsForNobodyNotEvenItsFormerSelf() {
    heldByAnother("2026-11-22T09:59:59.000000Z");
    broken = true;
    Replica one = replica("one", true);
    assertEquals(List.of("begins"), one.heard, "leads before the lease is written");
    broken = false;
    time.pass(Duration.ofSeconds(2));
    assertEquals("one", lease().path("holderIdentity").asText());
    broken = true;
    time.pass(Duration.ofMinutes(5));
    assertEquals(List.of("begins"), one.heard, "nobody else could lead");
  }

  @Test
  void renewalsAreFewSinceEachIsADurableWrite() {
    replica("one", false);
    int before = objects.writes.size();
    time.pass(Duration.ofMinutes(1));
    assertTrue(objects.writes.size() - before <= 12, objects.writes.toString());
  }
}
