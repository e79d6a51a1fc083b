package dev.sallyport.config;

import java.nio.file.Path;

/**
 * What the server makes itself at its first start, because no flag supplies it. The files have
 * fixed names in one folder, those kubeadm uses, so that the other records can name them before
 * they exist.
 *
 * @param folder {@code --cert-dir}, or the data directory
 * @param serving whether to make {@link #servingPair()}
 * @param clientCa whether {@link #authority()} is what client certificates are judged by, so that
 *     an administrator's certificate and kubeconfig can be made
 * @param serviceAccountKey whether to make {@link #serviceAccountKeyFile()} and its public half
 */
public record BootstrapConfig(
    Path folder, boolean serving, boolean clientCa, boolean serviceAccountKey) {

  /** The CA of everything that is made here. */
  public KeyPairFiles authority() {
    return pair("ca");
  }

  public KeyPairFiles servingPair() {
    return pair("apiserver");
  }

  /** The certificate of an administrator in {@code system:masters}. */
  public KeyPairFiles adminPair() {
    return pair("admin");
  }

  /** The key that signs service-account tokens. */
  public Path serviceAccountKeyFile() {
    return folder.resolve("sa.key");
  }

  /** The key that verifies them. */
  public Path serviceAccountPublicKeyFile() {
    return folder.resolve("sa.pub");
  }

  /** Whether anything at all needs the CA. */
  public boolean needsAuthority() {
    return serving || clientCa;
  }

  private KeyPairFiles pair(String name) {
    return new KeyPairFiles(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
  }
}
