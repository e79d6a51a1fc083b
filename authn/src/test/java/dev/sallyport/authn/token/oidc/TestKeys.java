package dev.sallyport.authn.token.oidc;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * Keys, key sets and signatures, made by the JDK alone so that nothing is tested against itself.
 */
final class TestKeys {
  static final KeyPair RSA = rsa(2048);
  static final KeyPair OTHER_RSA = rsa(2048);
  static final KeyPair P256 = ec("secp256r1");
  static final KeyPair P384 = ec("secp384r1");
  static final KeyPair P521 = ec("secp521r1");

  private TestKeys() {}

  static String token(String header, String claims, String algorithm, PrivateKey key) {
    String input = base64url(header) + "." + base64url(claims);
    return input + "." + base64url(sign(algorithm, key, input));
  }

  static String keySet(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  static String jwk(String id, PublicKey key) {
    String name = id.isEmpty() ? "" : "\"kid\":\"" + id + "\",";
    if (key instanceof RSAPublicKey rsa) {
      return "{"
          + name
          + "\"use\":\"sig\",\"kty\":\"RSA\",\"n\":\""
          + number(rsa.getModulus(), 0)
          + "\",\"e\":\""
          + number(rsa.getPublicExponent(), 0)
          + "\"}";
    }
    ECPublicKey ec = (ECPublicKey) key;
    int bits = ec.getParams().getOrder().bitLength();
    int size = (bits + 7) / 8;
    return "{"
        + name
        + "\"kty\":\"EC\",\"crv\":\"P-"
        + bits
        + "\",\"x\":\""
        + number(ec.getW().getAffineX(), size)
        + "\",\"y\":\""
        + number(ec.getW().getAffineY(), size)
        + "\"}";
  }

  static String base64url(String text) {
    return base64url(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sign(String algorithm, PrivateKey key, String input) {
    String hash = "SHA" + algorithm.substring(2);
    try {
      Signature signature =
          switch (algorithm.substring(0, 2)) {
            case "RS" -> Signature.getInstance(hash + "withRSA");
            case "PS" -> pss(hash);
            default -> Signature.getInstance(hash + "withECDSAinP1363Format");
          };
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Signature pss(String hash) throws GeneralSecurityException {
    int bits = Integer.parseInt(hash.substring(3));
    String name = "SHA-" + bits;
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(
        new PSSParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), bits / 8, 1));
    return signature;
  }

  private static String number(BigInteger value, int size) {
    byte[] signed = value.toByteArray();
    byte[] octets = signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    byte[] padded = new byte[Math.max(size, octets.length)];
    System.arraycopy(octets, 0, padded, padded.length - octets.length, octets.length);
    return base64url(padded);
  }
}
