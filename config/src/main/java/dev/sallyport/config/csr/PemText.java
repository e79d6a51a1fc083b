package dev.sallyport.config.csr;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** The PEM blocks of a text, whatever stands around them. */
final class PemText {

  private PemText() {}

  /**
   * @throws CertificateRequestException when a block is broken
   */
  static List<PemObject> blocks(byte[] text) throws CertificateRequestException {
    List<PemObject> blocks = new ArrayList<>();
    try (PemReader reader =
        new PemReader(
            new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.ISO_8859_1))) {
      for (PemObject block = reader.readPemObject();
          block != null;
          block = reader.readPemObject()) {
        blocks.add(block);
      }
    } catch (IOException | RuntimeException e) {
      throw new CertificateRequestException("a broken PEM block", e);
    }
    return blocks;
  }
}
