package dev.sallyport.config.csr;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.operator.DefaultSignatureNameFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A request whose signature proves that its sender has the key. Immutable; any thread. Reading one
 * costs a signature's verification, and the first one the loading of a library: keep it off event
 * loops.
 */
public final class CertificateRequest {

  private static final String LABEL = "CERTIFICATE REQUEST";
  private static final int LEAST_RSA_BITS = 1024;

  private final RequestedSubject subject;
  private final AlternativeNames names;
  private final PKCS10CertificationRequest request;

  private CertificateRequest(
      RequestedSubject subject, AlternativeNames names, PKCS10CertificationRequest request) {
    this.subject = subject;
    this.names = names;
    this.request = request;
  }

  /**
   * Reads a request and verifies its signature.
   *
   * @param pem the first block counts
   * @throws CertificateRequestException when it is none, is broken, or its signature is
   */
  public static CertificateRequest parse(byte[] pem) throws CertificateRequestException {
    List<PemObject> blocks = PemText.blocks(pem);
    if (blocks.isEmpty() || !blocks.get(0).getType().equals(LABEL)) {
      throw new CertificateRequestException("PEM block type must be " + LABEL);
    }
    try {
      PKCS10CertificationRequest request =
          new PKCS10CertificationRequest(blocks.get(0).getContent());
      AlternativeNames names = AlternativeNames.of(request.getRequestedExtensions());
      verify(request);
      return new CertificateRequest(RequestedSubject.of(request.getSubject()), names, request);
    } catch (IOException | RuntimeException e) {
      // The library tells of odd structures by exceptions of many kinds.
      throw new CertificateRequestException("not a PKCS#10 certificate request", e);
    }
  }

  private static void verify(PKCS10CertificationRequest request)
      throws CertificateRequestException {
    String algorithm =
        new DefaultSignatureNameFinder().getAlgorithmName(request.getSignatureAlgorithm());
    String upper = algorithm.toUpperCase(Locale.ROOT);
    if (upper.startsWith("MD2") || upper.startsWith("MD5")) {
      throw new CertificateRequestException("signed with " + algorithm + ", which is not safe");
    }
    boolean valid;
    try {
      PublicKey key = new JcaPKCS10CertificationRequest(request).getPublicKey();
      if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
        throw new CertificateRequestException(
            "an RSA key of fewer than " + LEAST_RSA_BITS + " bits");
      }
      valid = request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
    } catch (GeneralSecurityException | OperatorCreationException | PKCSException e) {
      throw new CertificateRequestException("a key or signature of an unknown kind", e);
    }
    if (!valid) {
      throw new CertificateRequestException("the signature is not that of the request's key");
    }
  }

  /** The last CN of the subject; "" without one. */
  public String commonName() {
    return subject.commonName();
  }

  /** Each O of the subject, in order. */
  public List<String> organizations() {
    return List.copyOf(subject.organizations());
  }

  public boolean asksForDnsNames() {
    return !names.dns().isEmpty();
  }

  public boolean asksForEmailAddresses() {
    return !names.emails().isEmpty();
  }

  public boolean asksForIpAddresses() {
    return !names.addresses().isEmpty();
  }

  public boolean asksForUris() {
    return !names.uris().isEmpty();
  }

  RequestedSubject subject() {
    return subject;
  }

  AlternativeNames names() {
    return names;
  }

  PKCS10CertificationRequest request() {
    return request;
  }
}
