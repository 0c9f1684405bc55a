@echo off
title 工改
set "PATH=%~dp0;%PATH%"
rem a gaigai.exe in the folder of the list may be anybody's
set NoDefaultCurrentDirectoryInExePath=1
if "%~1"=="" (pushd "%~dp0") else (pushd "%~1")
call "%~dp0gaigai.cmd" todo
if errorlevel 3 (
  pause
  exit /b
)
echo.
echo 以下可以输入命令，如 gaigai list；全部命令见 gaigai --help。关闭窗口即退出。
cmd /k
