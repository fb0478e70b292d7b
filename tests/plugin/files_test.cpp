// What is wrong with a file is said before any of its code runs.
#include "support/loader_test.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>

#include <elf.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace silex::test {
namespace {

namespace fs = std::filesystem;

class PluginFile : public LoaderTest {
 protected:
  // A good library whose header has been tampered with.
  fs::path with_header(const std::string& name, void (*tamper)(Elf64_Ehdr& header)) {
    std::ifstream good(plugin_file("good"), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(good), {}};
    Elf64_Ehdr header;
    std::memcpy(&header, bytes.data(), sizeof header);
    tamper(header);
    std::memcpy(bytes.data(), &header, sizeof header);
    return write_file(name, bytes);
  }
  // Up to where the system's loader maps the file.
  static std::uintmax_t mapped_length(const fs::path& library) {
    std::ifstream file(library, std::ios::binary);
    Elf64_Ehdr header;
    file.read(reinterpret_cast<char*>(&header), sizeof header);
    std::uintmax_t length = 0;
    for (int i = 0; i < header.e_phnum; ++i) {
      Elf64_Phdr segment;
      file.read(reinterpret_cast<char*>(&segment), sizeof segment);
      if (segment.p_type == PT_LOAD) length = std::max(length, segment.p_offset + segment.p_filesz);
    }
    return length;
  }
  fs::path cut_to(const std::string& name, std::uintmax_t length) {
    const fs::path file = copy("good", name);
    fs::resize_file(file, length);
    return file;
  }
};

TEST_F(PluginFile, ThatIsMissingIsNotFound) {
  const std::string path = folder() / "none.so";
  EXPECT_THAT(load(path), FailsWith(SILEX_ERROR_FILE_NOT_FOUND, path, "there is no file"));
}

TEST_F(PluginFile, InAFolderThatIsMissingIsNotFound) {
  const std::string path = folder() / "no folder" / "none.so";
  EXPECT_THAT(load(path), FailsWith(SILEX_ERROR_FILE_NOT_FOUND, path));
}

TEST_F(PluginFile, BehindADanglingLinkIsNotFound) {
  const fs::path link = folder() / "link.so";
  fs::create_symlink(folder() / "none.so", link);
  EXPECT_THAT(load(link), FailsWith(SILEX_ERROR_FILE_NOT_FOUND, link.string()));
}

TEST_F(PluginFile, BehindALinkToItselfIsRefused) {
  const fs::path link = folder() / "loop.so";
  fs::create_symlink(link, link);
  EXPECT_THAT(load(link), FailsWith(SILEX_ERROR_LIBRARY_LOAD, link.string()));
}

TEST_F(PluginFile, ThatIsAFolderIsNotAFile) {
  EXPECT_THAT(load(folder()), FailsWith(SILEX_ERROR_NOT_A_FILE, folder().string(), "folder"));
}

TEST_F(PluginFile, ThatIsAFifoIsNotAFileAndIsNotWaitedFor) {
  const std::string path = folder() / "fifo.so";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  EXPECT_THAT(load(path), FailsWith(SILEX_ERROR_NOT_A_FILE, path));
}

TEST_F(PluginFile, ThatIsASocketIsNotAFile) {
  const std::string path = folder() / "socket.so";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  ASSERT_LT(path.size(), sizeof address.sun_path);
  std::memcpy(address.sun_path, path.c_str(), path.size());
  const int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_THAT(load(path), FailsWith(SILEX_ERROR_NOT_A_FILE, path));
  close(descriptor);
}

TEST_F(PluginFile, ThatIsADeviceIsNotAFile) {
  EXPECT_THAT(load("/dev/null"), FailsWith(SILEX_ERROR_NOT_A_FILE, "/dev/null"));
}

TEST_F(PluginFile, ThatIsEmptyIsNotALibrary) {
  const std::string path = write_file("empty.so", "");
  EXPECT_THAT(load(path), FailsWith(SILEX_ERROR_NOT_A_LIBRARY, path, "empty"));
}

TEST_F(PluginFile, ThatIsTextIsNotALibrary) {
  const std::string path =
      write_file("text.so", "INPUT(-lsilex) and so on, for more than one header's length");
  EXPECT_THAT(load(path), FailsWith(SILEX_ERROR_NOT_A_LIBRARY, path, "is not a shared library"));
}

TEST_F(PluginFile, WithALibrarysFirstBytesAloneIsNotALibrary) {
  const std::string path = write_file("magic.so", ELFMAG);
  EXPECT_THAT(load(path), FailsWith(SILEX_ERROR_NOT_A_LIBRARY, path, "is cut short"));
}

// The system's loader maps what the headers promise, and the host dies of SIGBUS at the first page that the
// file does not have: an interrupted copy to a farm's disk is enough.
TEST_F(PluginFile, ThatIsCutShortAnywhereIsNotALibrary) {
  const std::uintmax_t mapped = mapped_length(plugin_file("good"));
  for (const std::uintmax_t length :
       {std::uintmax_t{5}, sizeof(Elf64_Ehdr) - 1, sizeof(Elf64_Ehdr),
        sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr), mapped / 4, mapped / 2, mapped * 3 / 4, mapped - 1}) {
    const std::string path = cut_to("cut" + std::to_string(length) + ".so", length);
    EXPECT_THAT(load(path), FailsWith(SILEX_ERROR_NOT_A_LIBRARY, path, "is cut short"));
  }
}

TEST_F(PluginFile, ForAnotherMachineIsNotALibraryForThisOne) {
  const std::string path = with_header("sparc.so", [](Elf64_Ehdr& header) { header.e_machine = EM_SPARCV9; });
  EXPECT_THAT(load(path),
              FailsWith(SILEX_ERROR_NOT_A_LIBRARY, path, "another kind of machine, 64-bit SPARC: "));
}

TEST_F(PluginFile, OfAnotherClassIsNotALibraryForThisMachine) {
  const std::string path = with_header("small.so", [](Elf64_Ehdr& header) {
    header.e_ident[EI_CLASS] = sizeof(void*) == 8 ? ELFCLASS32 : ELFCLASS64;
    header.e_machine = EM_386;
  });
  EXPECT_THAT(load(path),
              FailsWith(SILEX_ERROR_NOT_A_LIBRARY, path, "another kind of machine, 32-bit x86: "));
}

TEST_F(PluginFile, OfAnotherByteOrderIsNotALibraryForThisMachine) {
  const std::string path =
      with_header("big.so", [](Elf64_Ehdr& header) { header.e_ident[EI_DATA] = ELFDATA2MSB; });
  EXPECT_THAT(load(path), FailsWith(SILEX_ERROR_NOT_A_LIBRARY, path, "another kind of machine"));
}

TEST_F(PluginFile, ThatIsAnObjectFileIsNotALibrary) {
  const std::string path = with_header("object.so", [](Elf64_Ehdr& header) { header.e_type = ET_REL; });
  EXPECT_THAT(load(path), FailsWith(SILEX_ERROR_NOT_A_LIBRARY, path, "is not a shared library"));
}

TEST_F(PluginFile, ThatIsAProgramIsRefusedInTheSystemsWords) {
  EXPECT_THAT(load("/proc/self/exe"), FailsWith(SILEX_ERROR_LIBRARY_LOAD, "/proc/self/exe"));
}

TEST_F(PluginFile, WithAnUnresolvedSymbolIsRefusedAtLoadInTheSystemsWords) {
  EXPECT_THAT(load_built("unresolved"),
              FailsWith(SILEX_ERROR_LIBRARY_LOAD, plugin_file("unresolved").string(),
                        "silex_test_symbol_that_nobody_has"));
  EXPECT_FALSE(is_mapped(plugin_file("unresolved")));
}

TEST_F(PluginFile, MayHaveARelativePathAndAnyName) {
  const fs::path here = fs::current_path();
  copy("good", "a plugin of ours");
  fs::current_path(folder());
  EXPECT_THAT(load("./a plugin of ours"), Succeeds());
  fs::current_path(here);
}

TEST_F(PluginFile, ThatMayNotBeReadIsRefused) {
  fs::permissions(folder(), fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
  const std::string path = copy("good", "secret.so");
  fs::permissions(path, fs::perms::none);
  const AnotherUser somebody;
  EXPECT_THAT(load(path), FailsWith(SILEX_ERROR_LIBRARY_LOAD, path, "permissions"));
}

TEST_F(PluginFile, InAFolderThatMayNotBeReadIsRefused) {
  const std::string path = copy("good", "secret.so");
  fs::permissions(folder(), fs::perms::none);
  {
    const AnotherUser somebody;
    EXPECT_THAT(load(path), FailsWith(SILEX_ERROR_LIBRARY_LOAD, path, "permissions"));
  }
  fs::permissions(folder(), fs::perms::owner_all);
}

}  // namespace
}  // namespace silex::test
