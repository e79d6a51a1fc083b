package dev.sallyport.authn.x509;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Set;

/** Whether one certificate's key made the signature under another. MD5 and SHA-1 never do. */
final class CertificateSignature {
  private static final String RSA_PSS = "1.2.840.113549.1.1.10";
  private static final Set<String> STRONG =
      Set.of(
          "1.2.840.113549.1.1.11", // RSA with SHA-256
          "1.2.840.113549.1.1.12", // RSA with SHA-384
          "1.2.840.113549.1.1.13", // RSA with SHA-512
          "1.2.840.10045.4.3.2", // ECDSA with SHA-256
          "1.2.840.10045.4.3.3", // ECDSA with SHA-384
          "1.2.840.10045.4.3.4", // ECDSA with SHA-512
          "1.3.101.112"); // Ed25519
  private static final Set<String> STRONG_HASHES = Set.of("SHA-256", "SHA-384", "SHA-512");

  private CertificateSignature() {}

  static boolean by(PathCertificate issuer, PathCertificate subject) {
    X509Certificate signed = subject.certificate();
    try {
      if (!strong(signed)) {
        return false;
      }
      signed.verify(issuer.certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false; // another key, or a key of another kind
    }
  }

  private static boolean strong(X509Certificate certificate) throws GeneralSecurityException {
    String algorithm = certificate.getSigAlgOID();
    return STRONG.contains(algorithm) || (algorithm.equals(RSA_PSS) && strongPss(certificate));
  }

  private static boolean strongPss(X509Certificate certificate) throws GeneralSecurityException {
    byte[] encoded = certificate.getSigAlgParams();
    if (encoded == null) {
      return false; // the default is SHA-1
    }
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
    try {
      parameters.init(encoded);
    } catch (IOException e) {
      return false;
    }
    PSSParameterSpec pss = parameters.getParameterSpec(PSSParameterSpec.class);
    return STRONG_HASHES.contains(pss.getDigestAlgorithm())
        && pss.getMGFParameters() instanceof MGF1ParameterSpec mask
        && mask.getDigestAlgorithm().equals(pss.getDigestAlgorithm());
  }
}
