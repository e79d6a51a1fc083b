package dev.sallyport.config.options;

/**
 * Looks into files whose form only the rooms behind the configuration know.
 *
 * @param tokens the {@code --token-auth-file}, as the first door reads it
 * @param rbac the {@code --rbac-file}, as the second door reads it
 * @param authorization the {@code --authorization-config}, as the second door reads it
 * @param kubeconfig a webhook's kubeconfig file and those it names
 * @param auditPolicy the {@code --audit-policy-file}, as the visitors' book reads it
 * @param revocationLists the {@code --client-crl-file}, as the first door reads it
 * @param issuers the {@code --authentication-config}, as the first door reads it
 * @param routes the {@code --routes-config} with the files it names
 * @param clusters a kubeconfig of {@code --upstream-kubeconfig} with the files it names
 */
public record FileChecks(
    FileCheck tokens,
    FileCheck rbac,
    FileCheck authorization,
    FileCheck kubeconfig,
    FileCheck auditPolicy,
    RevocationFileCheck revocationLists,
    IssuerFileCheck issuers,
    FileCheck routes,
    ClusterFileCheck clusters) {

  /** Takes every file for good. */
  public static final FileChecks NONE =
      new FileChecks(
          file -> {},
          file -> {},
          file -> {},
          file -> {},
          file -> {},
          (file, authorities) -> {},
          (file, issuers, anonymous) -> {},
          file -> {},
          reference -> {});
}
