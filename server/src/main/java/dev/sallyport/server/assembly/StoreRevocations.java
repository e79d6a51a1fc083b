package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.authn.revocation.Revocation;
import dev.sallyport.authn.revocation.Revocations;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.kinds.own.CredentialRevocationSpec;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.WatchEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * CredentialRevocation objects as they stand in the store: in force before their write is
 * acknowledged.
 */
final class StoreRevocations {
  private static final String COLLECTION = "credentialrevocations";

  private StoreRevocations() {}

  static void follow(ResourceStore store, ObjectCodec codec, Revocations revocations) {
    store.observe(
        COLLECTION,
        event -> {
          String name = event.object().key().name();
          if (event.type() == WatchEvent.Type.DELETED) {
            revocations.remove(name);
          } else {
            JsonNode object = codec.read(event.object().json());
            revocations.put(revocation(name, CredentialRevocationSpec.read(object.path("spec"))));
          }
        });
  }

  /**
   * A start without the flag would let in again whomever somebody has called in.
   *
   * @throws ConfigException if the store holds any
   */
  static void refuseIgnored(ResourceStore store) {
    List<String> names = new ArrayList<>();
    store.observe(COLLECTION, event -> names.add(event.object().key().name()));
    if (!names.isEmpty()) {
      throw new ConfigException(
          new Fault(
              "--credential-revocation",
              "false",
              "true, or no CredentialRevocation in the store, which without it has no effect: "
                  + String.join(", ", names)));
    }
  }

  private static Revocation revocation(String name, CredentialRevocationSpec spec) {
    if (!spec.fingerprint().isEmpty()) {
      return Revocation.ofFingerprint(name, spec.fingerprint());
    }
    if (!spec.serialNumber().isEmpty()) {
      return Revocation.ofSerialNumber(name, spec.serialNumber());
    }
    return spec.tokenId().isEmpty()
        ? Revocation.ofUser(name, spec.user(), spec.issuedBefore())
        : Revocation.ofTokenId(name, spec.tokenId());
  }
}
