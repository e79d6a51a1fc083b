package dev.sallyport.controllers.serviceaccount;

import static dev.sallyport.controllers.FakeObjects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.namespace.NamespaceObserver;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultServiceAccountsTest {
  private static final ResourceId ACCOUNTS = new ResourceId("", "serviceaccounts");

  private final FakeObjects objects = new FakeObjects();

  @Test
  void givesOneToOldAndNewNamespaces() {
    namespace("{'name':'old'}");
    start();
    namespace("{'name':'new'}");
    namespace("{'name':'new','labels':{'a':'b'}}");
    assertEquals(
        List.of("create serviceaccounts default", "create serviceaccounts default"),
        objects.writes);
    assertEquals(
        json(
            "{'kind':'ServiceAccount','apiVersion':'v1','metadata':{'name':'default','namespace':'new'}}"),
        objects.read(ACCOUNTS, "new", "default"));
  }

  @Test
  void writesNothingAtARestart() {
    namespace("{'name':'a'}");
    start();
    objects.writes.clear();
    start();
    assertEquals(List.of(), objects.writes);
  }

  @Test
  void makesADeletedOneAnewWhileItsNamespaceIsActive() {
    namespace("{'name':'a'}");
    start();
    objects.writes.clear();
    delete();
    assertEquals(
        List.of("delete serviceaccounts default", "create serviceaccounts default"),
        objects.writes);
    namespace("{'name':'a','deletionTimestamp':'2030-01-01T00:00:00Z'}");
    objects.writes.clear();
    delete();
    assertEquals(List.of("delete serviceaccounts default"), objects.writes);
  }

  private void delete() {
    assertEquals(Answer.now(true), objects.delete(ACCOUNTS, "a", "default", ""));
  }

  private void namespace(String metadata) {
    objects.put(NamespaceObserver.NAMESPACES, "", json("{'metadata':" + metadata + "}"));
  }

  private void start() {
    new DefaultServiceAccounts(objects, Runnable::run, new Later()).start();
  }
}
