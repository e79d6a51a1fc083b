package dev.sallyport.config.options;

import dev.sallyport.config.AuditConfig;
import dev.sallyport.config.AuthenticationConfig;
import dev.sallyport.config.AuthorizationConfig;
import dev.sallyport.config.BootstrapConfig;
import dev.sallyport.config.ClusterLocation;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.ControllersConfig;
import dev.sallyport.config.Faults;
import dev.sallyport.config.KubernetesServiceConfig;
import dev.sallyport.config.LimitsConfig;
import dev.sallyport.config.LoggingConfig;
import dev.sallyport.config.RoutingConfig;
import dev.sallyport.config.ServerConfig;
import dev.sallyport.config.ServiceProxyConfig;
import dev.sallyport.config.ServingConfig;
import dev.sallyport.config.SigningConfig;
import dev.sallyport.config.StorageConfig;
import dev.sallyport.config.StreamsConfig;
import dev.sallyport.config.UpstreamConfig;
import dev.sallyport.config.flags.CommandLine;
import dev.sallyport.config.flags.FlagFile;
import dev.sallyport.config.flags.FlagTable;
import dev.sallyport.config.flags.HelpPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All flags of the server: reads a command line (and the file it names) into the configuration. */
public final class ServerOptions {
  private final GenericOptions generic = new GenericOptions();
  private final SecureServingOptions serving = new SecureServingOptions();
  private final ClientAddressOptions clients = new ClientAddressOptions();
  private final StorageOptions storage = new StorageOptions();
  private final AuthenticationOptions authentication = new AuthenticationOptions();
  private final AuthorizationOptions authorization = new AuthorizationOptions();
  private final AuditOptions audit = new AuditOptions();
  private final SigningOptions signing = new SigningOptions();
  private final ControllersOptions controllers = new ControllersOptions();
  private final UpstreamOptions upstream = new UpstreamOptions();
  private final ServiceProxyOptions serviceProxy;
  private final StreamsOptions streams = new StreamsOptions();
  private final RoutingOptions routing = new RoutingOptions(upstream.section);
  private final LogsOptions logs = new LogsOptions();
  private final ForeignOptions foreign = new ForeignOptions();

  private final Faults faults = new Faults();
  private final FlagTable table;

  private ServerOptions(PodSurroundings pod) {
    this.serviceProxy = new ServiceProxyOptions(pod);
    this.table =
        new FlagTable(
            List.of(
                generic.section,
                serving.section,
                clients.section,
                storage.section,
                authentication.section,
                authorization.section,
                audit.section,
                signing.section,
                controllers.section,
                upstream.section,
                serviceProxy.section,
                streams.section,
                logs.section,
                foreign.section));
  }

  /**
   * Reads a command line and looks into the files it names.
   *
   * @param checks look into the files whose form the rooms know
   * @throws ConfigException with everything that is wrong with it and the {@code --config} file
   */
  public static Invocation read(List<String> args, FileChecks checks) {
    return read(args, checks, PodSurroundings.real());
  }

  /**
   * As {@link #read(List, FileChecks)}, somewhere else.
   *
   * @param pod what is around, where flags name no cluster
   */
  public static Invocation read(List<String> args, FileChecks checks, PodSurroundings pod) {
    ServerOptions options = new ServerOptions(pod);
    List<String> words = CommandLine.read(args, options.table, options.faults);
    if (options.generic.help(options.faults)) {
      return new Invocation.Help();
    }
    if (options.generic.version(options.faults)) {
      return new Invocation.Version();
    }
    for (String word : words) {
      options.faults.add(
          "sallyport",
          word,
          "flags, or check-config, kubeconfig, certificate, token, whoami, version or help");
    }
    return options.serve(checks);
  }

  /** The flags in sections, for a terminal; without those that are only accepted. */
  public static String help() {
    return HelpPage.text(shown());
  }

  /** The flags in sections, as Markdown; all of them. */
  public static String markdown() {
    return HelpPage.markdown(new ServerOptions(PodSurroundings.real()).table);
  }

  private static FlagTable shown() {
    ServerOptions all = new ServerOptions(PodSurroundings.real());
    return new FlagTable(
        all.table.sections().stream().filter(each -> each != all.foreign.section).toList());
  }

  private Invocation serve(FileChecks checks) {
    generic.config().read(faults).ifPresent(file -> FlagFile.read("--config", file, table, faults));
    foreign.check(faults);
    Optional<StorageConfig> storageConfig = faults.attempt(() -> storage.toConfig(faults));
    Optional<LimitsConfig> limits = faults.attempt(() -> generic.limits(faults));
    Optional<LoggingConfig> logging = faults.attempt(() -> logs.toConfig(faults));
    Optional<AuthorizationConfig> second = faults.attempt(() -> authorization.toConfig(faults));
    Optional<AuditConfig> book = faults.attempt(() -> audit.toConfig(faults));
    Optional<Optional<UpstreamConfig>> backend = faults.attempt(this::backend);
    Optional<ClusterLocation> cluster =
        serviceProxy.cluster(upstream.given(), authorization.given(), faults);
    Optional<Optional<ServiceProxyConfig>> plain =
        faults.attempt(() -> serviceProxy.toConfig(upstream.given(), cluster, faults));
    Optional<RoutingConfig> routes =
        faults.attempt(() -> routing.toConfig(upstream.extras(faults), faults));
    if (plain.isPresent() && plain.get().isPresent() && routes.isPresent() && routes.get().any()) {
      faults.add("--routes-config", "", "no flags of kube-rbac-proxy beside it, which serve one");
    }
    if (!upstream.given() && !routing.clusters()) {
      upstream.refuseExtras(faults);
    }
    BootstrapConfig bootstrap = bootstrap(storageConfig);
    Optional<ServingConfig> front =
        faults.attempt(() -> serving.toConfig(bootstrap, serviceProxy.address(), clients, faults));
    Optional<SigningConfig> signer = faults.attempt(() -> signing.toConfig(bootstrap, faults));
    Optional<AuthenticationConfig> first =
        faults.attempt(
            () ->
                authentication.toConfig(
                    bootstrap,
                    !authorization.allowsEverything(faults),
                    serviceProxy,
                    cluster,
                    faults));
    Optional<ControllersConfig> keepers =
        faults.attempt(() -> controllers.toConfig(authentication.bootstrapTokens(faults), faults));
    Optional<KubernetesServiceConfig> service = faults.attempt(() -> generic.service(faults));
    checkFiles(checks);
    faults.throwIfAny();
    return new Invocation.Serve(
        new ServerConfig(
            front.orElseThrow(),
            first.orElseThrow(),
            second.orElseThrow(),
            book.orElseThrow(),
            limits.orElseThrow(),
            storageConfig.orElseThrow(),
            backend.orElseThrow(),
            plain.orElseThrow(),
            routes.orElseThrow(),
            signer.orElseThrow(),
            keepers.orElseThrow(),
            service.orElseThrow(),
            bootstrap,
            logging.orElseThrow(),
            table.texts()),
        warnings());
  }

  private Optional<UpstreamConfig> backend() {
    Optional<UpstreamConfig> backend = upstream.toConfig(serviceProxy.identity(faults), faults);
    if (backend.isEmpty()) {
      streams.refuse(faults);
      return backend;
    }
    StreamsConfig passed = streams.toConfig(faults);
    return backend.map(each -> each.with(passed));
  }

  private void checkFiles(FileChecks checks) {
    GivenFiles files = new GivenFiles(faults);
    serving.checkFiles(files);
    authentication.checkFiles(files, checks);
    authorization.checkFiles(files, checks);
    audit.checkFiles(files, checks.auditPolicy(), checks.kubeconfig());
    signing.checkFiles(files);
    upstream.checkFiles(files);
    serviceProxy.checkFiles(files, checks);
    routing.checkFiles(files, checks);
  }

  private BootstrapConfig bootstrap(Optional<StorageConfig> storageConfig) {
    return new BootstrapConfig(
        serving
            .certDir(faults)
            .or(() -> storageConfig.map(StorageConfig::dataDir))
            .orElse(Path.of(".")),
        serving.makesCertificate(faults),
        authentication.usesOwnAuthority(),
        authentication.makesServiceAccountKey());
  }

  private List<String> warnings() {
    List<String> lines = new ArrayList<>(foreign.warnings());
    lines.addAll(serviceProxy.warnings());
    lines.addAll(serving.warnings(faults));
    lines.addAll(authentication.warnings(upstream.given(), faults));
    lines.addAll(authorization.warnings(faults));
    lines.addAll(audit.warnings(faults));
    if (authorization.allowsEverything(faults) && authentication.anonymous(faults)) {
      lines.add("--anonymous-auth: off, because --authorization-mode has AlwaysAllow");
    }
    return lines;
  }
}
