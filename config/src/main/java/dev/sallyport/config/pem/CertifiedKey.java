package dev.sallyport.config.pem;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;

/**
 * A private key and the certificate chain that speaks for it, leaf first.
 *
 * @param chain at least the leaf
 */
public record CertifiedKey(List<X509Certificate> chain, PrivateKey key) {

  public CertifiedKey {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a certificate chain without a certificate");
    }
  }

  public X509Certificate leaf() {
    return chain.get(0);
  }

  /**
   * Reads both files, which may be the same one.
   *
   * @throws InvalidFileException when one is broken, or the key is not the certificate's
   */
  public static CertifiedKey read(Path certificateFile, Path keyFile) throws InvalidFileException {
    return parse(FileContent.read(certificateFile), FileContent.read(keyFile));
  }

  /** As {@link #read}, from bytes that are there. */
  public static CertifiedKey parse(FileContent certificates, FileContent key)
      throws InvalidFileException {
    CertifiedKey pair = new CertifiedKey(Certificates.parse(certificates), PrivateKeys.parse(key));
    if (!pair.matches()) {
      throw new InvalidFileException(
          key.file(), "is not the private key of the certificate in " + certificates.file());
    }
    return pair;
  }

  private boolean matches() {
    PublicKey known = leaf().getPublicKey();
    if (known instanceof RSAKey ours && key instanceof RSAKey theirs) {
      return ours.getModulus().equals(theirs.getModulus());
    }
    // An EC or Ed25519 private key does not say its public half, so it has to prove it.
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : key.getAlgorithm();
    try {
      byte[] message = known.getEncoded();
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(message);
      byte[] signature = signer.sign();
      signer.initVerify(known);
      signer.update(message);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // the certificate holds a key of another kind
    }
  }

  /** Never prints the key. */
  @Override
  public String toString() {
    return "CertifiedKey[" + leaf().getSubjectX500Principal() + "]";
  }
}
