package dev.sallyport.config.pem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicKeysTest {

  @Test
  void takesThePublicHalfOfEveryBlock() throws Exception {
    PublicKey rsa = PublicKeys.parse(TestPem.load("rsa-public")).get(0);
    PublicKey ec = PublicKeys.parse(TestPem.load("ec-public")).get(0);
    assertEquals(
        List.of(rsa, rsa, rsa, rsa, ec, ec, ec),
        PublicKeys.parse(
            TestPem.load(
                "rsa-public",
                "rsa-public-pkcs1",
                "rsa-pkcs1",
                "rsa-cert",
                "ec-prime256v1-sec1",
                "ec-prime256v1-pkcs8",
                "ec-cert")));
  }

  @Test
  void refusesAFileWithoutKeys() {
    assertThrows(
        InvalidFileException.class,
        () -> PublicKeys.parse(new FileContent(Path.of("x"), new byte[] {'x'})));
  }

  @Test
  void refusesAKeyThatDoesNotSayItsPublicHalf() {
    assertThrows(InvalidFileException.class, () -> PublicKeys.parse(TestPem.load("ed25519-pkcs8")));
  }
}
