package dev.sallyport.authn.factory;

import dev.sallyport.authn.token.serviceaccount.ServiceAccountTokenIssuer;
import dev.sallyport.config.Fault;
import dev.sallyport.config.Faults;
import dev.sallyport.config.ServiceAccountConfig;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.PrivateKeys;
import dev.sallyport.config.pem.PublicKeys;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Reads the key that signs service-account tokens. It is read once: changing it is a rollout. */
final class SigningKey {
  private static final String EXPECTED = "a PEM private key, RSA or EC on P-256, P-384 or P-521";

  private SigningKey() {}

  static @Nullable ServiceAccountTokenIssuer issuer(
      ServiceAccountConfig config, Clock clock, Faults faults) {
    String flag = "--service-account-signing-key-file";
    String file = config.signingKey().toString();
    try {
      PrivateKey key = PrivateKeys.read(config.signingKey());
      return new ServiceAccountTokenIssuer(
          config.issuers().get(0), key, PublicKeys.derive(key), clock);
    } catch (InvalidFileException e) {
      faults.add(new Fault(flag, file, EXPECTED + ": " + e.fault()));
    } catch (InvalidKeySpecException | IllegalArgumentException e) {
      faults.add(new Fault(flag, file, EXPECTED));
    }
    return null;
  }
}
