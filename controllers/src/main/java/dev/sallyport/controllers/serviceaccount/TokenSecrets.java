package dev.sallyport.controllers.serviceaccount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.ObjectClient;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import dev.sallyport.controllers.queue.Outcomes;
import dev.sallyport.controllers.queue.WorkQueue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills secrets of type kubernetes.io/service-account-token with a token, the root CA and the
 * namespace, and removes those whose account is gone or was made anew.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#token-controller">Token
 *     controller</a>
 */
public final class TokenSecrets {
  private static final Logger log = LoggerFactory.getLogger(TokenSecrets.class);
  private static final ResourceId SECRETS = new ResourceId("", "secrets");
  private static final ResourceId ACCOUNTS = new ResourceId("", "serviceaccounts");
  private static final String TYPE = "kubernetes.io/service-account-token";
  private static final String ACCOUNT_NAME = "kubernetes.io/service-account.name";
  private static final String ACCOUNT_UID = "kubernetes.io/service-account.uid";

  private final ObjectClient client;
  private final SecretTokens tokens;
  private final Optional<Watched<String>> rootCa;
  private final WorkQueue secrets;
  private final WorkQueue accounts;

  /**
   * @param rootCa certificates as PEM text that go into each secret
   * @param later runs a task on the executor after a pause
   */
  public TokenSecrets(
      ObjectClient client,
      SecretTokens tokens,
      Optional<Watched<String>> rootCa,
      Executor executor,
      Executor later) {
    this.client = client;
    this.tokens = tokens;
    this.rootCa = rootCa;
    this.secrets = new WorkQueue("Filling the token secret", executor, later, this::settle);
    this.accounts = new WorkQueue("Looking after the tokens of", executor, later, this::secretsOf);
  }

  public void start() {
    client.observe(SECRETS, new SecretFollower());
    client.observe(ACCOUNTS, new AccountFollower());
    rootCa.ifPresent(bundle -> bundle.onChange(changed -> accounts.add("/")));
  }

  private final class SecretFollower implements ObjectClient.Observer {
    @Override
    public void present(JsonNode secret) {
      if (isToken(secret)) {
        secrets.add(key(secret));
      }
    }

    @Override
    public void gone(JsonNode last) {}
  }

  private final class AccountFollower implements ObjectClient.Observer {
    @Override
    public void present(JsonNode account) {}

    @Override
    public void gone(JsonNode last) {
      accounts.add(key(last));
    }
  }

  /** Has every secret looked at that names the account; the key "/" means all of them. */
  private Answer<Boolean> secretsOf(String key) {
    String namespace = namespace(key);
    String account = name(key);
    return client
        .list(SECRETS, namespace)
        .map(
            all -> {
              for (JsonNode secret : all) {
                if (isToken(secret) && (account.isEmpty() || account(secret).equals(account))) {
                  secrets.add(key(secret));
                }
              }
              return true;
            });
  }

  private Answer<Boolean> settle(String key) {
    String namespace = namespace(key);
    return client
        .get(SECRETS, namespace, name(key))
        .then(
            found -> {
              if (found.isEmpty() || !isToken(found.get()) || account(found.get()).isEmpty()) {
                return Answer.now(true);
              }
              ObjectNode secret = found.get();
              return client
                  .get(ACCOUNTS, namespace, account(secret))
                  .then(account -> settle(namespace, secret, account));
            });
  }

  private Answer<Boolean> settle(
      String namespace, ObjectNode secret, Optional<ObjectNode> account) {
    String accountUid = account.map(found -> uid(found)).orElse("");
    String meant = annotation(secret, ACCOUNT_UID);
    if (account.isEmpty() || !(meant.isEmpty() || meant.equals(accountUid))) {
      log.info(
          "Secret {} goes: there is no such account {} any more", key(secret), account(secret));
      return Outcomes.settled(
          () -> client.delete(SECRETS, namespace, secretName(secret), uid(secret)));
    }
    if (secret.path("metadata").has("deletionTimestamp") || isFull(secret)) {
      return Answer.now(true);
    }
    String token = tokens.make(namespace, account(secret), accountUid, secretName(secret));
    return Outcomes.settled(
        () ->
            client.update(
                SECRETS,
                namespace,
                secretName(secret),
                current ->
                    uid(current).equals(uid(secret)) && account(current).equals(account(secret))
                        ? filled(current, accountUid, token)
                        : current));
  }

  private boolean isFull(JsonNode secret) {
    JsonNode data = secret.path("data");
    String ca = rootCa.map(bundle -> base64(bundle.current())).orElse("");
    return !data.path("token").asText().isEmpty()
        && !data.path("namespace").asText().isEmpty()
        && (ca.isEmpty() || ca.equals(data.path("ca.crt").asText()))
        && !annotation(secret, ACCOUNT_UID).isEmpty();
  }

  private ObjectNode filled(ObjectNode secret, String accountUid, String token) {
    ObjectNode data = secret.withObjectProperty("data");
    rootCa.ifPresent(bundle -> data.put("ca.crt", base64(bundle.current())));
    if (data.path("namespace").asText().isEmpty()) {
      data.put("namespace", base64(secret.path("metadata").path("namespace").asText()));
    }
    if (data.path("token").asText().isEmpty()) {
      data.put("token", base64(token));
    }
    secret
        .withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .put(ACCOUNT_UID, accountUid);
    return secret;
  }

  private static boolean isToken(JsonNode secret) {
    return TYPE.equals(secret.path("type").textValue());
  }

  private static String account(JsonNode secret) {
    return annotation(secret, ACCOUNT_NAME);
  }

  private static String annotation(JsonNode object, String name) {
    return object.path("metadata").path("annotations").path(name).asText();
  }

  private static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asText();
  }

  private static String secretName(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }

  private static String key(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
  }

  private static String namespace(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  private static String name(String key) {
    return key.substring(key.indexOf('/') + 1);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
