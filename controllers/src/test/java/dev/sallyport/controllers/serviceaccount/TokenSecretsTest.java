package dev.sallyport.controllers.serviceaccount;

import static dev.sallyport.controllers.FakeObjects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TokenSecretsTest {
  private static final ResourceId SECRETS = new ResourceId("", "secrets");
  private static final ResourceId ACCOUNTS = new ResourceId("", "serviceaccounts");

  private final FakeObjects objects = new FakeObjects();
  private final Later workers = new Later();

  @BeforeEach
  void start() {
    account("robot", "u-1");
    new TokenSecrets(
            objects,
            (namespace, account, uid, secret) ->
                namespace + " " + account + " " + uid + " " + secret,
            Optional.empty(),
            workers,
            workers)
        .start();
  }

  private void account(String name, String uid) {
    objects.put(
        ACCOUNTS,
        "apps",
        json("{'metadata':{'name':'%s','namespace':'apps','uid':'%s'}}".formatted(name, uid)));
  }

  private void secret(String name, String account, String more) {
    objects.put(
        SECRETS,
        "apps",
        json(
            ("{'type':'kubernetes.io/service-account-token','metadata':{'name':'%s',"
                    + "'namespace':'apps','uid':'s-%s','annotations':{"
                    + "'kubernetes.io/service-account.name':'%s'%s}}}")
                .formatted(name, name, account, more)));
    settle();
  }

  private void settle() {
    for (int i = 0; i < 10; i++) {
      workers.runOnce();
    }
  }

  private static String text(ObjectNode secret, String key) {
    byte[] bytes = Base64.getDecoder().decode(secret.path("data").path(key).asText());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<String> names() {
    return ((dev.sallyport.api.Answer.Now<List<ObjectNode>>) objects.list(SECRETS, "apps"))
        .value().stream().map(secret -> secret.at("/metadata/name").asText()).toList();
  }

  @Test
  void fillsASecretOfItsType() {
    secret("legacy", "robot", "");
    ObjectNode filled = objects.read(SECRETS, "apps", "legacy");
    assertEquals("apps robot u-1 legacy", text(filled, "token"));
    assertEquals("apps", text(filled, "namespace"));
    assertFalse(filled.path("data").has("ca.crt"), "without a root CA");
    assertEquals(
        "u-1",
        filled.at("/metadata/annotations").path("kubernetes.io/service-account.uid").asText());
  }

  @Test
  void leavesOtherSecretsAlone() {
    objects.put(
        SECRETS, "apps", json("{'type':'Opaque','metadata':{'name':'o','namespace':'apps'}}"));
    settle();
    assertEquals(List.of(), objects.writes);
  }

  @Test
  void aSecretWithoutItsAccountGoes() {
    secret("orphan", "ghost", "");
    secret("former", "robot", ",'kubernetes.io/service-account.uid':'u-0'");
    assertEquals(List.of(), names());
  }

  @Test
  void aTokenThatIsTakenOutIsMadeAnewAndAFullSecretIsNotTouched() {
    secret("legacy", "robot", "");
    ObjectNode emptied = objects.read(SECRETS, "apps", "legacy").deepCopy();
    emptied.withObjectProperty("data").remove("token");
    objects.put(SECRETS, "apps", emptied);
    settle();
    ObjectNode full = objects.read(SECRETS, "apps", "legacy");
    assertEquals("apps robot u-1 legacy", text(full, "token"));
    int writes = objects.writes.size();
    objects.put(SECRETS, "apps", full);
    settle();
    assertEquals(writes, objects.writes.size());
  }

  @Test
  void secretsGoWithTheirAccountEvenIfItIsMadeAnewAtOnce() {
    secret("legacy", "robot", "");
    account("other", "u-9");
    secret("others", "other", "");
    objects.delete(ACCOUNTS, "apps", "robot", "");
    account("robot", "u-2");
    settle();
    assertEquals(List.of("others"), names());
    secret("legacy", "robot", "");
    assertEquals("apps robot u-2 legacy", text(objects.read(SECRETS, "apps", "legacy"), "token"));
  }
}
