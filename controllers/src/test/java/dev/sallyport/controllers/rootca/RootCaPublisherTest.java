package dev.sallyport.controllers.rootca;

import static dev.sallyport.controllers.FakeObjects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import dev.sallyport.controllers.configmap.PublishedConfigMap;
import dev.sallyport.controllers.namespace.NamespaceObserver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootCaPublisherTest {
  private static final String NAME = "kube-root-ca.crt";

  @TempDir Path folder;
  private final FakeObjects objects = new FakeObjects();
  private final FileWatcher watcher = new FileWatcher();

  @BeforeEach
  void start() throws Exception {
    Path file = folder.resolve("ca.crt");
    Files.writeString(file, "first");
    Watched<String> bundle =
        watcher.watch(
            List.of(file), files -> new String(files.get(0).bytes(), StandardCharsets.UTF_8));
    objects.put(NamespaceObserver.NAMESPACES, "", json("{'metadata':{'name':'a'}}"));
    new RootCaPublisher(objects, bundle, Runnable::run, new Later()).start();
  }

  @AfterEach
  void close() {
    watcher.close();
  }

  @Test
  void publishesTheBundleWithADescription() {
    ObjectNode published = published();
    assertEquals("first", published.path("data").path("ca.crt").asText());
    assertFalse(
        published
            .path("metadata")
            .path("annotations")
            .path("kubernetes.io/description")
            .asText()
            .isEmpty());
    assertEquals(List.of("create configmaps kube-root-ca.crt"), objects.writes);
  }

  @Test
  void mendsWhatSomebodyChangedAndKeepsWhatTheyAdded() {
    ObjectNode spoilt = published().deepCopy();
    spoilt.withObjectProperty("data").put("ca.crt", "evil").put("more", "x");
    objects.put(PublishedConfigMap.CONFIG_MAPS, "a", spoilt);
    assertEquals(json("{'ca.crt':'first','more':'x'}"), published().path("data"));
  }

  @Test
  void makesADeletedOneAnew() {
    assertEquals(Answer.now(true), objects.delete(PublishedConfigMap.CONFIG_MAPS, "a", NAME, ""));
    assertEquals("first", published().path("data").path("ca.crt").asText());
  }

  @Test
  void followsTheBundle() throws Exception {
    Files.writeString(folder.resolve("ca.crt"), "second");
    watcher.poll();
    assertEquals("second", published().path("data").path("ca.crt").asText());
  }

  @Test
  void leavesOtherConfigMapsAlone() {
    objects.writes.clear();
    objects.put(
        PublishedConfigMap.CONFIG_MAPS, "a", json("{'metadata':{'name':'x','namespace':'a'}}"));
    assertEquals(List.of(), objects.writes);
  }

  private ObjectNode published() {
    return objects.read(PublishedConfigMap.CONFIG_MAPS, "a", NAME);
  }
}
