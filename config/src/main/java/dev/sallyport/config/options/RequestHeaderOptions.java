package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.LIST;

import dev.sallyport.config.Faults;
import dev.sallyport.config.RequestHeaderConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The front proxy's identity headers; a part of the authentication flags. */
final class RequestHeaderOptions {
  private final Flag<Optional<Path>> clientCa;
  private final Flag<List<String>> allowedNames;
  private final Flag<List<String>> usernameHeaders;
  private final Flag<List<String>> uidHeaders;
  private final Flag<List<String>> groupHeaders;
  private final Flag<List<String>> extraPrefixes;

  RequestHeaderOptions(FlagSection section) {
    clientCa =
        section.flag(
            "requestheader-client-ca-file",
            FILE,
            "",
            "PEM bundle that a front proxy's client certificate must chain to before its identity"
                + " headers are believed. Read again when it changes.");
    allowedNames =
        section.flag(
            "requestheader-allowed-names",
            LIST,
            "",
            "Common names the front proxy's certificate may have. Default: any.");
    usernameHeaders =
        section.flag(
            "requestheader-username-headers",
            LIST,
            "",
            "Headers to look for the user name in, in this order. X-Remote-User is common.");
    uidHeaders =
        section.flag(
            "requestheader-uid-headers",
            LIST,
            "",
            "Headers to look for the uid in. X-Remote-Uid is common.");
    groupHeaders =
        section.flag(
            "requestheader-group-headers",
            LIST,
            "",
            "Headers to take groups from. X-Remote-Group is common.");
    extraPrefixes =
        section.flag(
            "requestheader-extra-headers-prefix",
            LIST,
            "",
            "Prefixes of the headers to take extra values from. X-Remote-Extra- is common.");
  }

  Optional<RequestHeaderConfig> toConfig(Faults faults) {
    return clientCa
        .read(faults)
        .map(
            file ->
                new RequestHeaderConfig(
                    file,
                    allowedNames.read(faults),
                    usernameHeaders.read(faults),
                    uidHeaders.read(faults),
                    groupHeaders.read(faults),
                    extraPrefixes.read(faults)));
  }

  void checkFiles(GivenFiles files) {
    files.bundle(clientCa);
  }

  List<String> warnings(Faults faults) {
    boolean believed = clientCa.read(faults).isPresent();
    if (believed && usernameHeaders.read(faults).isEmpty()) {
      return List.of(
          "--requestheader-client-ca-file: without --requestheader-username-headers no front proxy"
              + " is a way in");
    }
    boolean named =
        Stream.of(allowedNames, usernameHeaders, uidHeaders, groupHeaders, extraPrefixes)
            .anyMatch(Flag::isSet);
    return !believed && named
        ? List.of("--requestheader-*: without --requestheader-client-ca-file nothing is believed")
        : List.of();
  }
}
