package dev.sallyport.authn.token.serviceaccount;

import dev.sallyport.config.pki.KeyPairs;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys, a clock, the objects there are, and tokens signed by hand. */
final class TestTokens {
  static final String ISSUER = "https://kubernetes.default.svc";
  static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  static final KeyPair RSA = KeyPairs.rsa2048();
  static final KeyPair OTHER = KeyPairs.rsa2048();
  static final KeyPair EC = KeyPairs.ecP256();

  /** A clock that the test sets. */
  static final class SettableClock extends Clock {
    Instant now = NOW;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** The objects there are, by kind and name. */
  static final class Objects implements ServiceAccountLookup {
    final Map<String, Referent> known = new HashMap<>();
    final Map<String, TokenSecret> tokens = new HashMap<>();

    Objects with(String object, String uid) {
      known.put(object, new Referent(uid, null));
      return this;
    }

    @Override
    public Place serviceAccount(String namespace, String name) {
      return () -> known.get("sa/" + namespace + "/" + name);
    }

    @Override
    public Place secret(String namespace, String name) {
      return () -> known.get("secret/" + namespace + "/" + name);
    }

    @Override
    public @Nullable TokenSecret tokenSecret(
        String namespace, String name, String account, @Nullable TokenSecret known) {
      return tokens.get(namespace + "/" + name);
    }

    @Override
    public Place pod(String namespace, String name) {
      return () -> known.get("pod/" + namespace + "/" + name);
    }

    @Override
    public Place node(String name) {
      return () -> known.get("node/" + name);
    }
  }

  private TestTokens() {}

  static String rs256(String header, String payload, PrivateKey key) {
    return sign("SHA256withRSA", header, payload, key);
  }

  static String sign(String algorithm, String header, String payload, PrivateKey key) {
    try {
      String input = base64url(header) + "." + base64url(payload);
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + base64url(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String base64url(String text) {
    return base64url(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Claims of robot's token as JSON, with {@code more} put in front. */
  static String claims(String more) {
    return "{"
        + more
        + "\"iss\":\""
        + ISSUER
        + "\",\"aud\":[\""
        + ISSUER
        + "\"],\"jti\":\"j-1\",\"kubernetes.io\":{\"namespace\":\"apps\","
        + "\"serviceaccount\":{\"name\":\"robot\",\"uid\":\"u-1\"}}}";
  }
}
