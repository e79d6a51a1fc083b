package dev.sallyport.controllers.namespace;

import static dev.sallyport.controllers.FakeObjects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespaceTerminationTest {
  private final FakeObjects objects = new FakeObjects();
  private final Later pause = new Later();
  private final List<String> steps = new ArrayList<>();
  private int left;

  private final class Content implements NamespaceContent {
    @Override
    public Answer<Integer> delete(String namespace) {
      steps.add("empty " + namespace);
      return Answer.now(left);
    }

    @Override
    public Answer<Boolean> release(String namespace) {
      steps.add("release " + namespace);
      return objects.delete(NamespaceObserver.NAMESPACES, "", namespace, "");
    }
  }

  @Test
  void leavesActiveNamespacesAlone() {
    put("{'metadata':{'name':'a'},'spec':{'finalizers':['kubernetes']}}");
    start();
    put("{'metadata':{'name':'b'}}");
    assertEquals(List.of(), steps);
  }

  @Test
  void emptiesThenReleases() {
    start();
    put(ending("a"));
    pause.runOnce();
    assertEquals(List.of("empty a", "release a"), steps);
  }

  @Test
  void finishesAtARestartWhatWasBegun() {
    put(ending("a"));
    start();
    assertEquals(List.of("empty a", "release a"), steps);
  }

  @Test
  void waitsForFinalizersOfOthers() {
    left = 1;
    start();
    put(ending("a"));
    pause.runOnce();
    assertEquals(List.of("empty a", "empty a"), steps);
    left = 0;
    pause.runOnce();
    assertEquals(List.of("empty a", "empty a", "empty a", "release a"), steps);
  }

  @Test
  void doesNotReleaseWhatSomebodyElseHolds() {
    start();
    put("{'metadata':{'name':'a','deletionTimestamp':'2030-01-01T00:00:00Z'},'spec':{}}");
    pause.runOnce();
    assertEquals(List.of("empty a"), steps);
  }

  private static String ending(String name) {
    return "{'metadata':{'name':'"
        + name
        + "','deletionTimestamp':'2030-01-01T00:00:00Z'},'spec':{'finalizers':['kubernetes']}}";
  }

  private void put(String namespace) {
    objects.put(NamespaceObserver.NAMESPACES, "", json(namespace));
  }

  private void start() {
    new NamespaceTermination(objects, new Content(), Runnable::run, pause).start();
  }
}
