@echo off
title 工改
set "PATH=%~dp0;%PATH%"
rem a gaigai.exe in the folder of the list may be anybody's
set NoDefaultCurrentDirectoryInExePath=1
if "%~1"=="" (pushd "%~dp0") else (pushd "%~1")
echo 正在打开网页。用完关闭网页，本窗口随后自动关闭。
call "%~dp0gaigai.cmd" page
if errorlevel 1 pause
