package dev.sallyport.controllers.garbage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.controllers.Later;
import dev.sallyport.controllers.garbage.ObjectGraph.Propagation;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GarbageCollectorTest {
  private final FakeGraph graph = new FakeGraph();
  private final Later workers = new Later();
  private final GarbageCollector collector = new GarbageCollector(graph, workers, workers);

  /** An object whose uid is its name with "u-" before it. */
  private static ObjectNode object(String name, String... owners) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = object.putObject("metadata").put("name", name).put("uid", "u-" + name);
    ArrayNode references = metadata.putArray("ownerReferences");
    for (String owner : owners) {
      boolean blocks = owner.endsWith("!");
      String plain = blocks ? owner.substring(0, owner.length() - 1) : owner;
      references
          .addObject()
          .put("apiVersion", "v1")
          .put("kind", plain.startsWith("cluster-") ? "Node" : "ConfigMap")
          .put("name", plain)
          .put("uid", "u-" + plain)
          .put("blockOwnerDeletion", blocks);
    }
    return object;
  }

  private void put(String name, String... owners) {
    graph.put(name, object(name, owners));
  }

  private void settle() {
    for (int i = 0; i < 50; i++) {
      workers.runOnce();
    }
  }

  private void start() {
    collector.start();
    settle();
  }

  @Test
  void dependentsGoWithTheirLastOwner() {
    put("a");
    put("b");
    put("child", "a", "b");
    put("grandchild", "child");
    put("free");
    start();
    graph.delete("a", Propagation.BACKGROUND);
    settle();
    assertEquals(List.of("b", "child", "free", "grandchild"), graph.names());
    assertEquals(List.of(), graph.deletions);
    graph.delete("b", Propagation.BACKGROUND);
    settle();
    assertEquals(List.of("free"), graph.names());
  }

  @Test
  void theReferenceToAGoneOwnerIsDroppedWhereAnotherOneKeepsTheObject() {
    put("b");
    put("child", "absent", "b");
    start();
    assertEquals(List.of("b", "child"), graph.names());
    ObjectNode child = graph.json("child");
    assertEquals(1, child.at("/metadata/ownerReferences").size());
    assertEquals("u-b", child.at("/metadata/ownerReferences/0/uid").asText());
  }

  @Test
  void anOwnerOfTheSameNameMadeLaterIsAnother() {
    put("owner");
    put("child", "owner");
    start();
    ObjectNode other = object("owner");
    other.withObjectProperty("metadata").put("uid", "u-second");
    graph.delete("owner", Propagation.BACKGROUND);
    graph.put("owner", other);
    settle();
    assertEquals(List.of("owner"), graph.names());
  }

  @Test
  void whatLostItsOwnersWhileNobodyLookedGoesAtTheStart() {
    put("child", "absent");
    start();
    assertEquals(List.of(), graph.names());
  }

  @Test
  void foregroundWaitsForBlockingDependentsOnly() {
    put("owner");
    put("blocker", "owner!");
    put("other", "owner");
    ObjectNode held = object("held", "owner");
    held.withObjectProperty("metadata").putArray("finalizers").add("example.com/hold");
    graph.put("held", held);
    start();
    ObjectNode blocker = graph.json("blocker");
    blocker.withObjectProperty("metadata").putArray("finalizers").add("example.com/hold");
    graph.put("blocker", blocker);
    graph.delete("owner", Propagation.FOREGROUND);
    settle();
    assertEquals(List.of("blocker", "held", "owner"), graph.names());
    ObjectNode let = graph.json("blocker");
    let.withObjectProperty("metadata").putArray("finalizers");
    graph.put("blocker", let);
    settle();
    assertEquals(List.of("held"), graph.names(), "which does not block its owner");
  }

  @Test
  void foregroundGoesDownTheTreeFirst() {
    put("owner");
    put("child", "owner!");
    put("grandchild", "child!");
    start();
    graph.delete("owner", Propagation.FOREGROUND);
    settle();
    assertEquals(List.of(), graph.names());
    assertEquals(List.of("child FOREGROUND", "grandchild BACKGROUND"), graph.deletions);
  }

  @Test
  void orphansAreCutLooseBeforeTheirOwnerGoes() {
    put("owner");
    put("second");
    put("child", "owner!");
    put("shared", "owner", "second");
    start();
    graph.delete("owner", Propagation.ORPHAN);
    settle();
    assertEquals(List.of("child", "second", "shared"), graph.names());
    assertEquals(0, graph.json("child").at("/metadata/ownerReferences").size());
    assertEquals("u-second", graph.json("shared").at("/metadata/ownerReferences/0/uid").asText());
    assertEquals(List.of(), graph.deletions);
  }

  @Test
  void orphansAreNotMistakenForGarbageWhenTheDeletionWasAskedForBeforeTheStart() {
    put("z-child", "owner");
    put("owner");
    graph.delete("owner", Propagation.ORPHAN);
    start();
    assertEquals(List.of("z-child"), graph.names());
  }

  @Test
  void aCircleOfOwnersGoesAllTheSame() {
    put("a", "b!");
    put("b", "a!");
    start();
    graph.delete("a", Propagation.FOREGROUND);
    settle();
    assertEquals(List.of(), graph.names());
  }

  @Test
  void clusterScopedOwnersHaveDependentsInNamespaces() {
    put("cluster-n");
    put("child", "cluster-n");
    start();
    assertEquals(List.of("child", "cluster-n"), graph.names());
    graph.delete("cluster-n", Propagation.BACKGROUND);
    settle();
    assertEquals(List.of(), graph.names());
  }

  @Test
  void aClusterScopedObjectIsNeverOwnedByOneInANamespace() {
    put("owner");
    put("cluster-n", "owner!");
    put("cluster-m", "absent");
    start();
    graph.delete("owner", Propagation.FOREGROUND);
    settle();
    assertEquals(List.of("cluster-m", "cluster-n"), graph.names());
  }

  @Test
  void ownersOfUnknownKindsKeepWhatTheyOwn() {
    ObjectNode child = object("child", "absent");
    ((ObjectNode) child.at("/metadata/ownerReferences/0")).put("kind", "Widget");
    graph.put("child", child);
    start();
    assertEquals(List.of("child"), graph.names());
  }
}
