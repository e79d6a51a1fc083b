package dev.sallyport.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The cipher suites that {@code --tls-cipher-suites} knows, those of Go's TLS, by their IANA names.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/">kube-apiserver's
 *     flags</a>
 */
public final class CipherSuites {
  private static final Set<String> SOUND =
      Set.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** Without forward secrecy or with a broken cipher: accepted when named, with a warning. */
  private static final Set<String> WEAK =
      Set.of(
          "TLS_RSA_WITH_AES_128_CBC_SHA",
          "TLS_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_RSA_WITH_AES_256_CBC_SHA",
          "TLS_RSA_WITH_AES_256_GCM_SHA384");

  /** Go still knows them; no engine here speaks them any more. */
  private static final Set<String> GONE =
      Set.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
          "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
          "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
          "TLS_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_RSA_WITH_RC4_128_SHA");

  private CipherSuites() {}

  /** Go's two short names for the ChaCha suites made long; every other name as it is. */
  public static String fullName(String name) {
    return name.endsWith("_WITH_CHACHA20_POLY1305") ? name + "_SHA256" : name;
  }

  /** Whether the server can offer it. */
  public static boolean known(String fullName) {
    return SOUND.contains(fullName) || WEAK.contains(fullName);
  }

  /** Whether an administrator should be warned of it. */
  public static boolean weak(String fullName) {
    return WEAK.contains(fullName);
  }

  /** Whether kube-apiserver would take it. */
  public static boolean gone(String fullName) {
    return GONE.contains(fullName);
  }

  /** All that the server can offer, sorted. */
  public static List<String> all() {
    return Stream.concat(SOUND.stream(), WEAK.stream()).sorted().toList();
  }
}
