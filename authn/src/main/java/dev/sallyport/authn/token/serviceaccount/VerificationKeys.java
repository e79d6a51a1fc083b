package dev.sallyport.authn.token.serviceaccount;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.PublicKeys;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that may have signed a token, by their id. Immutable; a changed file makes a new one,
 * and what the old one verified is verified again.
 */
public final class VerificationKeys {
  private final Map<String, PublicKey> byId;
  private final List<PublicKey> all;

  /** Keys that are there already, in order and without repetition. */
  public VerificationKeys(List<PublicKey> keys) {
    Map<String, PublicKey> found = new LinkedHashMap<>();
    for (PublicKey key : keys) {
      found.put(KeyIds.of(key), key);
    }
    this.byId = found;
    this.all = List.copyOf(found.values());
  }

  /**
   * The keys that files hold, for use with a file watcher.
   *
   * @throws InvalidFileException when a file holds none or a broken one
   */
  public static VerificationKeys parse(List<FileContent> files) throws InvalidFileException {
    List<PublicKey> keys = new ArrayList<>();
    for (FileContent file : files) {
      keys.addAll(PublicKeys.parse(file));
    }
    return new VerificationKeys(keys);
  }

  /** Every key, in order. */
  public List<PublicKey> all() {
    return all;
  }

  /** The keys to try for a token: the one it names, or all when it names none. */
  List<PublicKey> candidates(String keyId) {
    if (keyId.isEmpty()) {
      return all;
    }
    PublicKey key = byId.get(keyId);
    return key == null ? List.of() : List.of(key);
  }
}
