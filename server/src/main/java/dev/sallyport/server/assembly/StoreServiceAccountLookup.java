package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.authn.token.cache.TokenDigest;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountLookup;
import dev.sallyport.authn.token.serviceaccount.TokenSecret;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What tokens are bound to, read from the store's memory. */
final class StoreServiceAccountLookup implements ServiceAccountLookup {

  private final ResourceStore store;
  private final ObjectCodec codec;

  StoreServiceAccountLookup(ResourceStore store, ObjectCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  @Override
  public Place serviceAccount(String namespace, String name) {
    return new StoredPlace(new Key("serviceaccounts", namespace, name));
  }

  @Override
  public Place secret(String namespace, String name) {
    return new StoredPlace(new Key("secrets", namespace, name));
  }

  @Override
  public @Nullable TokenSecret tokenSecret(
      String namespace, String name, String account, @Nullable TokenSecret known) {
    StoredObject object = stored(new Key("secrets", namespace, name));
    if (object == null || (known != null && known.revision() == object.revision())) {
      return object == null ? null : known;
    }
    ObjectNode secret = codec.read(object.json());
    return new TokenSecret(
        object.revision(),
        secret.path("metadata").has("deletionTimestamp"),
        token(secret),
        object.labels().getOrDefault(TokenSecret.LAST_USED_LABEL, ""),
        object.labels().getOrDefault(TokenSecret.INVALID_SINCE_LABEL, ""),
        lists(namespace, account, name));
  }

  private static @Nullable TokenDigest token(ObjectNode secret) {
    String base64 = secret.path("data").path("token").asText();
    if (!secret.path("type").asText().equals("kubernetes.io/service-account-token")
        || base64.isEmpty()) {
      return null;
    }
    byte[] token = Base64.getDecoder().decode(base64);
    return TokenDigest.of(new String(token, StandardCharsets.UTF_8));
  }

  private boolean lists(String namespace, String account, String secret) {
    StoredObject object = stored(new Key("serviceaccounts", namespace, account));
    if (object == null) {
      return false;
    }
    for (JsonNode listed : codec.read(object.json()).path("secrets")) {
      if (listed.path("name").asText().equals(secret)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Place pod(String namespace, String name) {
    return new StoredPlace(new Key("pods", namespace, name));
  }

  @Override
  public Place node(String name) {
    return new StoredPlace(new Key("minions", "", name)); // nodes' old name, kept in storage paths
  }

  private @Nullable StoredObject stored(Key key) {
    Answer<Optional<StoredObject>> answer = store.get(key);
    if (!(answer instanceof Answer.Now<Optional<StoredObject>> now)) {
      throw new IllegalStateException("the store does not answer reads from memory");
    }
    return now.value().orElse(null);
  }

  private Referent referent(StoredObject object) {
    return new Referent(object.uid(), deletion(object));
  }

  private @Nullable Instant deletion(StoredObject object) {
    if (!MetadataScan.mentionsDeletion(object.json())) {
      return null; // the usual case, without a parse
    }
    ObjectNode tree = codec.read(object.json());
    String time = tree.path("metadata").path("deletionTimestamp").asText();
    return time.isEmpty() ? null : Instant.parse(time);
  }

  /** Reads an object again only if it is another one than last time. */
  private final class StoredPlace implements Place {
    private final Key key;
    private volatile @Nullable Seen last;

    StoredPlace(Key key) {
      this.key = key;
    }

    @Override
    public @Nullable Referent now() {
      StoredObject object = stored(key);
      if (object == null) {
        return null;
      }
      Seen seen = last;
      if (seen == null || seen.revision() != object.revision()) {
        seen = new Seen(object.revision(), referent(object));
        last = seen;
      }
      return seen.referent();
    }
  }

  private record Seen(long revision, Referent referent) {}
}
