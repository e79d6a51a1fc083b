package dev.sallyport.server.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.authn.revocation.Revocation;
import dev.sallyport.authn.revocation.Revocations;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.kinds.own.CredentialRevocationSpec;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.WatchEvent;

/**
 * CredentialRevocation objects as they stand in the store: in force before their write is
 * acknowledged.
 */
final class StoreRevocations {

  private StoreRevocations() {}

  static void follow(ResourceStore store, ObjectCodec codec, Revocations revocations) {
    store.observe(
        "credentialrevocations",
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
