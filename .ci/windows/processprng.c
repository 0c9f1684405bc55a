/* bcryptprimitives.dll with ProcessPrng, which programs in Rust (pydantic-core) call: Windows has it, wine 8 hasn't. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG); /* RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
    return SystemFunction036(data, (ULONG)length);
}
