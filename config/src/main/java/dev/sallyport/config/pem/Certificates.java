package dev.sallyport.config.pem;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates from PEM files: one, a chain, or a bundle of authorities. */
public final class Certificates {
  static final String LABEL = "CERTIFICATE";

  private Certificates() {}

  /**
   * All certificates of a file in order; other blocks are skipped.
   *
   * @throws InvalidFileException when there is none, or one is broken
   */
  public static List<X509Certificate> read(Path file) throws InvalidFileException {
    return parse(FileContent.read(file));
  }

  /** As {@link #read}, from bytes that are there. */
  public static List<X509Certificate> parse(FileContent content) throws InvalidFileException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemBlock block : PemBlock.readAll(content)) {
      if (block.label().equals(LABEL)) {
        certificates.add(decode(content.file(), block.der()));
      }
    }
    if (certificates.isEmpty()) {
      throw new InvalidFileException(
          content.file(), "holds no certificate (expected: PEM with BEGIN CERTIFICATE)");
    }
    return List.copyOf(certificates);
  }

  static X509Certificate decode(Path file, byte[] der) throws InvalidFileException {
    try {
      return decode(der);
    } catch (CertificateException e) {
      throw new InvalidFileException(file, "holds a broken certificate", e);
    }
  }

  /** A certificate from its DER. */
  public static X509Certificate decode(byte[] der) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
  }
}
