package dev.sallyport.config.pem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.file.InvalidFileException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {

  @ParameterizedTest
  @CsvSource({
    "rsa-pkcs1, RSA",
    "rsa-pkcs8, RSA",
    "ec-prime256v1-sec1, EC",
    "ec-prime256v1-pkcs8, EC",
    "ec-secp384r1-sec1, EC",
    "ec-secp384r1-pkcs8, EC",
    "ec-secp521r1-sec1, EC",
    "ec-secp521r1-pkcs8, EC",
    "ed25519-pkcs8, EdDSA"
  })
  void readsEveryFormOpensslWrites(String name, String algorithm) throws Exception {
    assertEquals(algorithm, PrivateKeys.parse(TestPem.load(name)).getAlgorithm());
  }

  @ParameterizedTest
  @CsvSource({"rsa-pkcs1, rsa-pkcs8", "ec-secp521r1-sec1, ec-secp521r1-pkcs8"})
  void olderFormsGiveTheSameKey(String older, String pkcs8) throws Exception {
    assertEquals(
        secret(PrivateKeys.parse(TestPem.load(pkcs8))),
        secret(PrivateKeys.parse(TestPem.load(older))));
  }

  @Test
  void skipsOtherBlocks() throws Exception {
    assertEquals(
        "EC", PrivateKeys.parse(TestPem.load("rsa-cert", "ec-prime256v1-sec1")).getAlgorithm());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-encrypted", "rsa-encrypted-pkcs8"})
  void refusesEncryptedKeys(String name) {
    InvalidFileException fault =
        assertThrows(InvalidFileException.class, () -> PrivateKeys.parse(TestPem.load(name)));
    assertTrue(message(fault).contains("encrypted"), fault.getMessage());
  }

  @Test
  void namesTheFileAndWhatWasExpected() {
    InvalidFileException fault =
        assertThrows(
            InvalidFileException.class, () -> PrivateKeys.parse(TestPem.load("ec-public")));
    assertTrue(
        message(fault).startsWith("ec-public.pem: holds no private key"), fault.getMessage());
    assertTrue(message(fault).contains("PKCS#8"), fault.getMessage());
  }

  private static String message(Throwable fault) {
    return Objects.requireNonNull(fault.getMessage());
  }

  private static BigInteger secret(PrivateKey key) {
    return key instanceof ECPrivateKey ec ? ec.getS() : ((RSAPrivateKey) key).getPrivateExponent();
  }
}
