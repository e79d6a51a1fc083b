package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.LIST;
import static dev.sallyport.config.flags.ValueType.SWITCH;

import dev.sallyport.config.AuthenticationConfig;
import dev.sallyport.config.BootstrapConfig;
import dev.sallyport.config.ClusterLocation;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Faults;
import dev.sallyport.config.IssuersConfig;
import dev.sallyport.config.RequestHeaderConfig;
import dev.sallyport.config.ServiceAccountConfig;
import dev.sallyport.config.TokenWebhookConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first door: who are you. */
final class AuthenticationOptions {
  final FlagSection section = new FlagSection("Authentication");

  private final Flag<Boolean> anonymous =
      section.flag(
          "anonymous-auth",
          SWITCH,
          "true",
          "Whether a request without any credential comes in as system:anonymous, group"
              + " system:unauthenticated. A wrong credential never does.");
  private final Flag<List<String>> apiAudiences =
      section.flag(
          "api-audiences",
          LIST,
          "",
          "The audiences that a service-account token must be for. Default: the issuers.");
  private final Flag<Boolean> bootstrapTokens =
      section.flag(
          "enable-bootstrap-token-auth",
          SWITCH,
          "false",
          "Whether the Secrets of type bootstrap.kubernetes.io/token in kube-system are a way in."
              + " Expired ones are deleted, and cluster-info in kube-public is made and signed.");
  private final Flag<Optional<Path>> clientCa =
      section.flag(
          "client-ca-file",
          FILE,
          "",
          "PEM bundle that client certificates must chain to: CN is the user, O are the groups."
              + " Without it the CA of the first start; with an empty name no certificate is a way"
              + " in. Read again when it changes.");
  private final Flag<Optional<Path>> tokenFile =
      section.flag(
          "token-auth-file",
          FILE,
          "",
          "CSV file of static bearer tokens: token,user,uid and optionally \"group1,group2\". Read"
              + " again when it changes.");
  private final RevocationOptions revocation = new RevocationOptions(section);
  private final RequestHeaderOptions requestHeader = new RequestHeaderOptions(section);
  private final IssuersOptions issuers = new IssuersOptions(section);
  private final ServiceAccountOptions serviceAccounts = new ServiceAccountOptions(section);
  private final TokenWebhookOptions tokenWebhook = new TokenWebhookOptions(section);

  AuthenticationOptions() {
    section.alias("auth-token-audiences", apiAudiences); // kube-rbac-proxy's name
  }

  /** Whether client certificates are judged by the CA that is made here. */
  boolean usesOwnAuthority() {
    return !clientCa.isSet();
  }

  boolean makesServiceAccountKey() {
    return serviceAccounts.makesKey();
  }

  /**
   * @param service before a plain service nobody comes in without a name, unless that is said
   * @param cluster which reviews tokens, unless those of one issuer alone count
   */
  AuthenticationConfig toConfig(
      BootstrapConfig bootstrap,
      boolean anonymousAllowed,
      ServiceProxyOptions service,
      Optional<ClusterLocation> cluster,
      Faults faults) {
    boolean nameless = anonymous.isSet() || !service.used();
    Optional<Path> authority =
        usesOwnAuthority()
            ? Optional.of(bootstrap.authority().certificate())
            : clientCa.read(faults);
    // Each by itself: what is wrong with one keeps no fault of another back.
    Optional<Optional<RequestHeaderConfig>> proxy =
        faults.attempt(() -> requestHeader.toConfig(faults));
    Optional<ServiceAccountConfig> accounts =
        faults.attempt(() -> serviceAccounts.toConfig(bootstrap, faults));
    Optional<ClusterLocation> asked = issuers.alone() ? Optional.empty() : cluster;
    Optional<Optional<TokenWebhookConfig>> webhook =
        faults.attempt(() -> tokenWebhook.toConfig(asked, faults));
    Optional<IssuersConfig> others =
        faults.attempt(() -> issuers.toConfig(anonymous.isSet(), faults));
    if (proxy.isEmpty() || accounts.isEmpty() || webhook.isEmpty() || others.isEmpty()) {
      throw new ConfigException(faults.all());
    }
    return new AuthenticationConfig(
        authority,
        tokenFile.read(faults),
        anonymousAllowed && nameless && anonymous.read(faults),
        proxy.get(),
        accounts.get(),
        bootstrapTokens.read(faults),
        webhook.get(),
        others.get(),
        revocation.toConfig(faults),
        audiences(accounts.get(), cluster.isPresent(), faults));
  }

  /** Of a cluster's tokens only the cluster knows whom they are for, unless that is said. */
  private List<String> audiences(ServiceAccountConfig accounts, boolean cluster, Faults faults) {
    List<String> given = apiAudiences.read(faults);
    return given.isEmpty() && !cluster ? accounts.issuers() : given;
  }

  void checkFiles(GivenFiles files, FileChecks checks) {
    files.bundle(clientCa);
    files.check(tokenFile, "CSV lines of token,user,uid and optionally groups", checks.tokens());
    issuers.checkFiles(
        files, file -> checks.issuers().check(file, serviceAccounts.issuers(), anonymous.isSet()));
    revocation.checkFiles(files, file -> checks.revocationLists().check(file, knownAuthorities()));
    requestHeader.checkFiles(files);
    serviceAccounts.checkFiles(files);
    tokenWebhook.checkFiles(files, checks.kubeconfig());
  }

  /** An own authority may not be made yet, and an --authentication-config may name more. */
  private Optional<Path> knownAuthorities() {
    return issuers.byFile() ? Optional.empty() : clientCa.read(new Faults());
  }

  boolean bootstrapTokens(Faults faults) {
    return bootstrapTokens.read(faults);
  }

  /** Whether anonymous requests were asked for, be it by default. */
  boolean anonymous(Faults faults) {
    return anonymous.read(faults);
  }

  /**
   * @param upstream whether every path of the API is an upstream's
   */
  List<String> warnings(boolean upstream, Faults faults) {
    List<String> lines = new ArrayList<>(requestHeader.warnings(faults));
    if (upstream && revocation.toConfig(faults).resource()) {
      lines.add(
          "--credential-revocation: with --upstream nobody can write CredentialRevocation objects,"
              + " since the API is the upstream's; --client-crl-file works, and so do routes with a"
              + " host of their own (--routes-config)");
    }
    return lines;
  }
}
