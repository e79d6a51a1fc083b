package dev.sallyport.controllers.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemNamespacesTest {
  private final FakeObjects objects = new FakeObjects();

  @Test
  void makesThoseThatAreMissing() {
    objects.put(
        NamespaceObserver.NAMESPACES, "", FakeObjects.json("{'metadata':{'name':'kube-system'}}"));
    start();
    assertEquals(
        List.of(
            "create namespaces default",
            "create namespaces kube-public",
            "create namespaces kube-node-lease"),
        objects.writes);
  }

  @Test
  void writesNothingAtARestart() {
    start();
    objects.writes.clear();
    start();
    assertEquals(List.of(), objects.writes);
  }

  @Test
  void makesADeletedOneAnew() {
    start();
    objects.writes.clear();
    Answer<Boolean> deleted =
        objects.delete(NamespaceObserver.NAMESPACES, "", "kube-node-lease", "");
    assertEquals(Answer.now(true), deleted);
    assertEquals(
        List.of("delete namespaces kube-node-lease", "create namespaces kube-node-lease"),
        objects.writes);
  }

  private void start() {
    new SystemNamespaces(objects, Runnable::run, new Later()).start();
  }
}
