package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountLookup;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What tokens are bound to, read from the store's memory. */
final class StoreServiceAccountLookup implements ServiceAccountLookup {

  private static final byte[] DELETION =
      "\"deletionTimestamp\":".getBytes(StandardCharsets.US_ASCII);

  private final ResourceStore store;
  private final ObjectCodec codec;

  StoreServiceAccountLookup(ResourceStore store, ObjectCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  @Override
  public @Nullable Referent serviceAccount(String namespace, String name) {
    return find(new Key("serviceaccounts", namespace, name));
  }

  @Override
  public @Nullable Referent secret(String namespace, String name) {
    return find(new Key("secrets", namespace, name));
  }

  @Override
  public @Nullable Referent pod(String namespace, String name) {
    return find(new Key("pods", namespace, name));
  }

  @Override
  public @Nullable Referent node(String name) {
    return find(new Key("minions", "", name)); // nodes' old name, kept in storage paths
  }

  private @Nullable Referent find(Key key) {
    Answer<Optional<StoredObject>> answer = store.get(key);
    if (!(answer instanceof Answer.Now<Optional<StoredObject>> now)) {
      throw new IllegalStateException("the store does not answer reads from memory");
    }
    return now.value().map(this::referent).orElse(null);
  }

  private Referent referent(StoredObject object) {
    return new Referent(object.uid(), deletion(object));
  }

  private @Nullable Instant deletion(StoredObject object) {
    if (!mentions(object.json())) {
      return null; // the usual case, without a parse
    }
    ObjectNode tree = codec.read(object.json());
    String time = tree.path("metadata").path("deletionTimestamp").asText();
    return time.isEmpty() ? null : Instant.parse(time);
  }

  private static boolean mentions(byte[] json) {
    for (int i = 0; i + DELETION.length <= json.length; i++) {
      int matched = 0;
      while (matched < DELETION.length && json[i + matched] == DELETION[matched]) {
        matched++;
      }
      if (matched == DELETION.length) {
        return true;
      }
    }
    return false;
  }
}
