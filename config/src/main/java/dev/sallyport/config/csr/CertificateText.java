package dev.sallyport.config.csr;

import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.PemWriter;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;

/** Certificates as a request's status holds them: PEM blocks, the issued one first. Any thread. */
public final class CertificateText {

  private CertificateText() {}

  /**
   * Reads them all.
   *
   * @throws CertificateRequestException when there is none, or anything but plain certificates
   */
  public static List<X509Certificate> parse(byte[] pem) throws CertificateRequestException {
    List<X509Certificate> chain = new ArrayList<>();
    for (PemObject block : PemText.blocks(pem)) {
      if (!block.getType().equals("CERTIFICATE")) {
        throw new CertificateRequestException(
            "only CERTIFICATE PEM blocks are allowed, found \"" + block.getType() + "\"");
      }
      if (!block.getHeaders().isEmpty()) {
        throw new CertificateRequestException("no PEM block headers are permitted");
      }
      try {
        chain.add(Certificates.decode(block.getContent()));
      } catch (CertificateException e) {
        throw new CertificateRequestException("a block that holds no certificate", e);
      }
    }
    if (chain.isEmpty()) {
      throw new CertificateRequestException("must contain one or more CERTIFICATE PEM blocks");
    }
    return chain;
  }

  static String write(byte[] der) throws CertificateRequestException {
    try {
      return PemWriter.certificate(Certificates.decode(der));
    } catch (CertificateException e) {
      throw new CertificateRequestException("the certificate that was made is broken", e);
    }
  }
}
